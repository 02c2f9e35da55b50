package dev.atelier.runtime.pretrain;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.pretrain.PortraitReader.Question;
import dev.atelier.runtime.pretrain.PortraitReader.Seen;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Has the reader say in how many pictures the person of some photos is. The line is drawn for each
 * person anew: one in a hundred drawings of other people would pass for this one.
 */
final class PersonJudge {

  /** Other people, none of whom the reader learnt from. */
  private static final int OTHERS = 1_000;

  private static final long STREAM = 41;
  private static final int TOGETHER = 100;

  private final Torch torch;
  private final PortraitReader reader;
  private final int edge;

  /**
   * @param edge of the pictures that the reader reads, in pixels
   */
  PersonJudge(Torch torch, PortraitReader reader, int edge) {
    this.torch = torch;
    this.reader = reader;
    this.edge = edge;
  }

  /** Counts. */
  PersonCounts judge(PersonPictures asked) {
    var photos = asked.photos();
    var pictures = asked.pictures();
    var others = people(see(IntStream.range(0, OTHERS).parallel().mapToObj(this::other).toList()));
    var wanted = see(photos);
    var seen = see(pictures);
    var own = people(wanted);
    var line = PersonLine.of(own, others);
    return new PersonCounts(
        (int) IntStream.range(0, own.size()).filter(i -> passes(own, i, others)).count(),
        photos.size(),
        (int) people(seen).stream().filter(line::shows).count(),
        pictures.size(),
        alike(wanted, seen));
  }

  /** Whether a photo passes for the person of all the others. */
  private static boolean passes(List<float[]> photos, int photo, List<float[]> others) {
    var rest = new ArrayList<>(photos);
    var left = rest.remove(photo);
    return PersonLine.of(rest, others).shows(left);
  }

  /** In how many pictures an answer is the one that most photos give. */
  private static Map<Question, Integer> alike(List<Seen> photos, List<Seen> pictures) {
    var alike = new EnumMap<Question, Integer>(Question.class);
    Arrays.stream(Question.values())
        .filter(Question::ofThePerson)
        .forEach(
            question -> {
              int most = mostly(question, photos);
              alike.put(
                  question,
                  (int) pictures.stream().filter(each -> answer(question, each) == most).count());
            });
    return alike;
  }

  private static int mostly(Question question, List<Seen> photos) {
    var counts =
        photos.stream()
            .collect(groupingBy(photo -> answer(question, photo), TreeMap::new, counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static int answer(Question question, Seen picture) {
    return picture.reading().to(question);
  }

  private RgbImage other(int number) {
    long seed = SubjectBatches.mix(STREAM, number);
    return PortraitRenderer.draw(Identity.of(seed), Scene.of(SubjectBatches.mix(seed, 1)), edge);
  }

  private static List<float[]> people(List<Seen> pictures) {
    return pictures.stream().map(Seen::person).toList();
  }

  private List<Seen> see(List<RgbImage> pictures) {
    var seen = new ArrayList<Seen>();
    for (int at = 0; at < pictures.size(); at += TOGETHER) {
      var group = pictures.subList(at, Math.min(pictures.size(), at + TOGETHER));
      try (Scope scope = Scope.open()) {
        seen.addAll(
            reader.see(
                Ops.concat(0, group.stream().map(p -> PictureTensors.of(torch, p)).toList())));
      }
    }
    return seen;
  }
}
