package dev.atelier.local.admission;

/** Where a value is, as error messages write it: {@code spec.prompts[2].name}. */
record FieldPath(String text) {

  static final FieldPath ROOT = new FieldPath("");

  FieldPath field(String name) {
    return new FieldPath(text.isEmpty() ? name : text + "." + name);
  }

  FieldPath item(int index) {
    return new FieldPath(text + "[" + index + "]");
  }

  FieldPath key(String key) {
    return new FieldPath(text + "[" + key + "]");
  }

  /** Below this path, by a rule's {@code fieldPath} such as {@code .photos.source}. */
  FieldPath below(String fieldPath) {
    return new FieldPath(text.isEmpty() ? fieldPath.substring(1) : text + fieldPath);
  }

  /** The API server writes {@code <nil>} for the object as a whole. */
  @Override
  public String toString() {
    return text.isEmpty() ? "<nil>" : text;
  }
}
