package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.portrait.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Pictures in groups of one place and one colour of clothes. In a batch of any pictures places and
 * colours tell nearly all captions apart, and garments are never learnt; among alike ones nothing
 * else is left to tell but garment, hair, glasses and beard (hard negatives, Robinson et al. 2021).
 *
 * @param groups numbers of pictures
 */
record AlikeScenes(List<List<Integer>> groups) {

  /** Groups the pictures that are trained on. */
  static AlikeScenes of(DrawnWorld world) {
    var groups = new TreeMap<String, List<Integer>>();
    for (int picture = 0; picture < world.size().training(); picture++) {
      groups.computeIfAbsent(kind(world.scene(picture)), k -> new ArrayList<>()).add(picture);
    }
    return new AlikeScenes(List.copyOf(groups.values()));
  }

  /** Pictures of one group; the same one may come twice. */
  int[] choose(int count, Random random) {
    var group = groups.get(random.nextInt(groups.size()));
    return random.ints(count, 0, group.size()).map(group::get).toArray();
  }

  private static String kind(Scene scene) {
    return scene.colour() + " " + scene.place();
  }
}
