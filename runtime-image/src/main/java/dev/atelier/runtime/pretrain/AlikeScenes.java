package dev.atelier.runtime.pretrain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.atelier.runtime.portrait.Scene;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Pictures in groups that share most of what captions name. In a batch of any pictures the places
 * alone tell nearly all captions apart, and garments are never learnt; among alike ones nothing
 * else is left to tell (hard negatives, Robinson et al. 2021).
 *
 * @param groups numbers of pictures
 */
record AlikeScenes(List<List<Integer>> groups) {

  /** Pictures of one place and colour, which differ in garments. */
  static AlikeScenes butForGarments(DrawnWorld world, int batch) {
    return of(world, batch, scene -> scene.colour() + " " + scene.place());
  }

  /** Pictures of one place and garment, which differ in colours. */
  static AlikeScenes butForColours(DrawnWorld world, int batch) {
    return of(world, batch, scene -> scene.garment() + " " + scene.place());
  }

  /** Pictures of one garment and colour, which differ in places. */
  static AlikeScenes butForPlaces(DrawnWorld world, int batch) {
    return of(world, batch, scene -> scene.garment() + " " + scene.colour());
  }

  /** A world too small for a batch of alike pictures is one group. */
  private static AlikeScenes of(DrawnWorld world, int batch, Function<Scene, String> kind) {
    var all = IntStream.range(0, world.size().training()).boxed().toList();
    var groups =
        all.stream()
            .collect(
                groupingBy(picture -> kind.apply(world.scene(picture)), TreeMap::new, toList()))
            .values()
            .stream()
            .filter(group -> group.size() >= batch)
            .toList();
    return new AlikeScenes(groups.isEmpty() ? List.of(all) : groups);
  }

  /** Pictures of one group. */
  int[] choose(int count, Random random) {
    var group = groups.get(random.nextInt(groups.size()));
    return random.ints(count, 0, group.size()).map(group::get).toArray();
  }
}
