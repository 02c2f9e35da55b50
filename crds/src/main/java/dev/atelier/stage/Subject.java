package dev.atelier.stage;

/**
 * Who the photos show.
 *
 * @param className the class noun, such as {@code woman}
 * @param token the rare token that names the person, such as {@code sks}
 */
public record Subject(String className, String token) {

  /** What a prompt's {@code {subject}} stands for: {@code sks woman}. */
  public String phrase() {
    return token + " " + className;
  }
}
