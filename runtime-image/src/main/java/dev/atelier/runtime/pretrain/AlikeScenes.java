package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.portrait.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Pictures in groups that share most of what captions name. In a batch of any pictures the places
 * alone tell nearly all captions apart, and garments are never learnt; among alike ones nothing
 * else is left to tell (hard negatives, Robinson et al. 2021).
 *
 * @param groups numbers of pictures
 */
record AlikeScenes(List<List<Integer>> groups) {

  /** Pictures of one place and colour, which differ in garments. */
  static AlikeScenes butForGarments(DrawnWorld world) {
    return of(world, scene -> scene.colour() + " " + scene.place());
  }

  /** Pictures of one place and garment, which differ in colours. */
  static AlikeScenes butForColours(DrawnWorld world) {
    return of(world, scene -> scene.garment() + " " + scene.place());
  }

  private static AlikeScenes of(DrawnWorld world, Function<Scene, String> kind) {
    var groups = new TreeMap<String, List<Integer>>();
    for (int picture = 0; picture < world.size().training(); picture++) {
      groups.computeIfAbsent(kind.apply(world.scene(picture)), k -> new ArrayList<>()).add(picture);
    }
    return new AlikeScenes(List.copyOf(groups.values()));
  }

  /** Pictures of one group; the same one may come twice. */
  int[] choose(int count, Random random) {
    var group = groups.get(random.nextInt(groups.size()));
    return random.ints(count, 0, group.size()).map(group::get).toArray();
  }
}
