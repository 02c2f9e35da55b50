package dev.atelier.runtime.film;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of films, in several ways. */
public final class FilmCaptions {

  /** Of a film, in the order colour, form, direction, ground. */
  private static final List<String> FILMS =
      List.of(
          "a %1$s %2$s moving %3$s on a %4$s ground",
          "a %1$s %2$s moves %3$s over a %4$s ground",
          "a %1$s %2$s going %3$s on %4$s",
          "video of a %1$s %2$s that goes %3$s on a %4$s ground",
          "on a %4$s ground a %1$s %2$s drifts %3$s",
          "%4$s ground with a %1$s %2$s moving %3$s");

  private static final List<String> PICTURES =
      List.of(
          "a %1$s %2$s on a %4$s ground",
          "picture of a %1$s %2$s on %4$s", "%4$s ground with a %1$s %2$s");

  private static final List<FilmSubject> EVERY = FilmSubject.all(List.of(Colour.values()));

  private FilmCaptions() {}

  /** How many ways there are to say what a film shows, or a picture. */
  public static int ways(boolean pictures) {
    return (pictures ? PICTURES : FILMS).size();
  }

  /** One of the captions. */
  public static String of(Film film, boolean picture, int way) {
    return said((picture ? PICTURES : FILMS).get(way), film.subject(), film.ground());
  }

  /** What a film of a subject is asked for with. */
  public static String prompt(FilmSubject subject, Ground ground) {
    return said(FILMS.get(0), subject, ground);
  }

  /** What a picture of a subject is asked for with. */
  public static String still(FilmSubject subject, Ground ground) {
    return said(PICTURES.get(0), subject, ground);
  }

  /** What a prompt asks for, if it names a colour, a form and a direction of this world. */
  public static Optional<FilmSubject> subject(String prompt) {
    var words = split(prompt);
    return EVERY.stream()
        .filter(subject -> words.contains(subject.form().word()))
        .filter(subject -> words.contains(subject.direction().word()))
        .filter(
            subject ->
                words.indexOf(subject.form().word()) > 0
                    && words
                        .get(words.indexOf(subject.form().word()) - 1)
                        .equals(subject.colour().word()))
        .findFirst();
  }

  /** The ground that a prompt asks for, if it names one. */
  public static Optional<Ground> ground(String prompt) {
    var words = split(prompt);
    return Stream.of(Ground.values()).filter(ground -> words.contains(ground.word())).findFirst();
  }

  private static List<String> split(String prompt) {
    return List.of(prompt.toLowerCase(Locale.ROOT).split("[^a-z]+"));
  }

  /** Every word that captions use. */
  public static List<String> words() {
    var kinds = Stream.of(FILMS, PICTURES).flatMap(List::stream);
    return kinds
        .flatMap(
            kind ->
                EVERY.stream()
                    .flatMap(
                        subject ->
                            Stream.of(Ground.values()).map(ground -> said(kind, subject, ground))))
        .flatMap(caption -> Stream.of(caption.split(" ")))
        .distinct()
        .sorted()
        .toList();
  }

  private static String said(String kind, FilmSubject subject, Ground ground) {
    return kind.formatted(
        subject.colour().word(), subject.form().word(), subject.direction().word(), ground.word());
  }
}
