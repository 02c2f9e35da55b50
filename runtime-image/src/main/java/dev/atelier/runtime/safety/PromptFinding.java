package dev.atelier.runtime.safety;

/**
 * Why a prompt is refused, or advised against.
 *
 * @param term of the list that the prompt holds
 * @param list name and digest of the list
 */
public record PromptFinding(Category category, String term, String list) {

  /** What a prompt must not ask for. */
  public enum Category {
    Nudity("nudity"),
    SexualContent("sexual content"),
    Minors("minors"),
    Violence("cruelty"),
    Hate("hate"),
    SelfHarm("self-harm"),
    Forgery("forged documents"),
    Platform("the platform's own list");

    private final String title;

    Category(String title) {
      this.title = title;
    }

    /** For sentences. */
    public String title() {
      return title;
    }
  }
}
