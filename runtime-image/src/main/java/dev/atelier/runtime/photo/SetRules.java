package dev.atelier.runtime.photo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Verdicts that a photo earns beside the others: another person, or a picture that is there
 * already.
 */
final class SetRules {
  /** Bits of 64 up to which two pictures count as one. */
  private static final int DUPLICATE_BITS = 6;

  private final PhotoSettings settings;

  SetRules(PhotoSettings settings) {
    this.settings = settings;
  }

  List<JudgedPhoto> judge(List<Examined> photos) {
    return withoutDuplicates(withoutStrangers(photos)).stream().map(Examined::photo).toList();
  }

  private List<Examined> withoutStrangers(List<Examined> photos) {
    var usable = photos.stream().map(Examined::photo).filter(JudgedPhoto::accepted).toList();
    var faces = usable.stream().map(JudgedPhoto::embedding).flatMap(Optional::stream).toList();
    if (faces.isEmpty()) {
      return photos;
    }
    var person = SamePerson.of(faces, settings.samePersonMaxDistance());
    return photos.stream()
        .map(
            seen ->
                seen.photo()
                    .embedding()
                    .map(face -> seen.with(compared(seen.photo(), face.distance(person))))
                    .orElse(seen))
        .toList();
  }

  private JudgedPhoto compared(JudgedPhoto photo, double distance) {
    var measured = photo.with(photo.measurements().withDistance(distance));
    if (!photo.accepted() || distance <= settings.samePersonMaxDistance()) {
      return measured;
    }
    return measured.with(
        new Finding(
            Verdict.DifferentPerson,
            String.format(
                Locale.ROOT,
                "this seems to be somebody else than on the other photos (distance %.2f, at most %.2f): use photos of one"
                    + " person",
                distance,
                settings.samePersonMaxDistance())));
  }

  /** Of pictures that are alike the one with most detail stays; of equal ones the first by name. */
  private static List<Examined> withoutDuplicates(List<Examined> photos) {
    var order = new ArrayList<>(photos.stream().filter(seen -> seen.photo().accepted()).toList());
    order.sort(
        Comparator.comparingDouble((Examined seen) -> -seen.detail())
            .thenComparing(seen -> seen.photo().name()));
    var kept = new ArrayList<Examined>();
    var judged = new ArrayList<>(photos);
    for (var seen : order) {
      var twin = kept.stream().filter(other -> alike(seen, other)).findFirst();
      if (twin.isPresent()) {
        judged.set(
            judged.indexOf(seen), seen.with(seen.photo().with(duplicate(twin.get().photo()))));
      } else {
        kept.add(seen);
      }
    }
    return judged;
  }

  private static boolean alike(Examined one, Examined other) {
    return one.hash()
        .flatMap(hash -> other.hash().map(hash::distance))
        .map(bits -> bits <= DUPLICATE_BITS)
        .orElse(false);
  }

  private static Finding duplicate(JudgedPhoto of) {
    return new Finding(
        Verdict.NearDuplicate,
        "nearly the same picture as " + of.name() + ": add one from another day or place instead");
  }
}
