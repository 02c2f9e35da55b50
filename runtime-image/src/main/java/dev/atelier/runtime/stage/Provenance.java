package dev.atelier.runtime.stage;

import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where a result comes from: the entries that go into manifest, report and picture metadata. */
public final class Provenance {

  /** Digest of the photos that a model learned from, and of their captions. */
  public static final String DATASET = "datasetSha256";

  /** Entry of the manifest that the drawing model was opened from. */
  public static final String TUNED = "tunedModelSha256";

  /** How pictures came about besides the sampler: begun with another one, enlarged. */
  public static final String DRAWN = "drawn";

  /** List and rules that prompts were compared with. */
  public static final String PROMPTS = "promptCheck";

  private static final Set<String> PICTURE =
      Set.of(
          "resource",
          "run",
          "code",
          "baseModelFamily",
          "baseModelRuntime",
          "baseModelSha256",
          "baseModelLicense",
          TUNED,
          DATASET,
          DRAWN);

  private final Map<String, String> entries = new LinkedHashMap<>();

  /** Begins with the resource, the run, the digest of the stage's input, and the code. */
  public static Provenance of(StageContext context) {
    var file = context.file();
    return new Provenance()
        .with("resource", resource(file))
        .with("uid", file.resource().uid())
        .with("run", file.run().id())
        .with("inputSha256", context.folder().inputSha256())
        .with("code", "atelier " + version());
  }

  /** Adds the base model: its digest, licence and where it is. */
  public Provenance with(BaseModel model) {
    var input = model.input();
    return with("baseModelFamily", input.family())
        .with("baseModelRuntime", input.runtime())
        .with("baseModelSha256", model.sha256())
        .with("baseModelLicense", Objects.requireNonNullElse(input.license(), "not stated"));
  }

  /** Adds which list and rules prompts were compared with. */
  Provenance with(PromptReview review) {
    return with(PROMPTS, review.check().protocol());
  }

  /** Adds how pictures are drawn. */
  public Provenance with(SamplerInput sampler) {
    return with(
            "sampler",
            "%s, %d steps, %s, %dx%d"
                .formatted(
                    sampler.sampling(),
                    sampler.steps(),
                    sampler.guidance(),
                    sampler.width(),
                    sampler.height()))
        .with("samplerSeed", String.valueOf(sampler.seed()));
  }

  /** Adds what an earlier stage said, where nothing is said yet. */
  public Provenance withMissing(Map<String, String> earlier) {
    earlier.forEach(entries::putIfAbsent);
    return this;
  }

  /** Adds an entry. */
  public Provenance with(String name, String value) {
    entries.put(name, value);
    return this;
  }

  /** The entries in the order they were added. */
  public Map<String, String> entries() {
    return new LinkedHashMap<>(entries);
  }

  /**
   * The entries that go into the file of a picture: without the stage's input, which differs
   * between attempts that draw the very same picture.
   */
  public Map<String, String> ofPictures() {
    var picture = new LinkedHashMap<>(entries);
    picture.keySet().retainAll(PICTURE);
    return picture;
  }

  /** {@code Kind namespace/name}. */
  static String resource(StageFile file) {
    return "%s %s/%s"
        .formatted(file.resource().kind(), file.resource().namespace(), file.resource().name());
  }

  /** Digest over files: of the lines {@code sha256 two-spaces name}, in the order given. */
  static String digest(List<Manifest.StoredFile> files) {
    var lines = new StringBuilder();
    files.forEach(
        file -> lines.append(file.sha256()).append("  ").append(file.name()).append('\n'));
    return Digests.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The version of this build. */
  static String version() {
    return Objects.requireNonNullElse(
        Provenance.class.getPackage().getImplementationVersion(), "development");
  }
}
