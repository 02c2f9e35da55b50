package dev.atelier.runtime.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often the reader takes the last picture of a held-out person for the person of their others.
 *
 * @param world whose held-out people they are
 * @param people what the reader gives for each held-out picture, in their order
 */
record PersonExam(Recipe.World world, List<float[]> people) {

  PersonExam {
    people = List.copyOf(people);
  }

  /** How many people pass, where one in a hundred pictures of others would. */
  int passed() {
    int passed = 0;
    for (int at = 0; at < people.size(); at += world.scenes()) {
      int last = at + world.scenes() - 1;
      var others = new ArrayList<>(people);
      others.subList(at, last + 1).clear();
      var line = PersonLine.of(people.subList(at, last), others);
      passed += line.shows(people.get(last)) ? 1 : 0;
    }
    return passed;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d people known from %d pictures, where 1 %% of others would pass",
        passed(),
        world.heldOut(),
        world.scenes() - 1);
  }
}
