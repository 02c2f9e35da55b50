package dev.atelier.runtime.stage;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipSet;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Names and forms of what PrepareVideo publishes. */
final class PreparedClips {

  /** Every clip with its verdict. */
  static final String CLIPS = "clips.json";

  /** Directory of clips without latents. */
  static final String FILES = "clips/";

  /** Directory of files with latents. */
  static final String PARTS = "parts/";

  /** Directory of the pictures that stand for clips. */
  static final String POSTERS = "posters/";

  /** Which part holds which clips. */
  static final String CONTENTS = "parts.json";

  /** Which latents there are. */
  static final String LATENTS = "latents.json";

  private PreparedClips() {}

  /** A part and the clips whose latents it holds. */
  record Contents(String file, List<String> clips) {}

  static List<ClipRecord> clips(ArtifactStore store, StageFolder.Published published) {
    return read(store, published, CLIPS, new TypeReference<List<ClipRecord>>() {});
  }

  static List<Contents> contents(ArtifactStore store, StageFolder.Published published) {
    return read(store, published, CONTENTS, new TypeReference<List<Contents>>() {});
  }

  /** Counts and verdicts for last words. */
  static TerminationMessage.Dataset dataset(ClipSet set) {
    return new TerminationMessage.Dataset(
        set.clips().size(),
        set.accepted().size(),
        set.rejected().stream()
            .map(clip -> new TerminationMessage.Rejected(clip.id(), clip.verdict().name()))
            .toList());
  }

  private static <T> T read(
      ArtifactStore store, StageFolder.Published published, String name, TypeReference<T> type) {
    var file =
        published
            .manifest()
            .file(name)
            .orElseThrow(
                () ->
                    new StageFailure.BadInput(
                        "%s lists no %s; raise spec.runNonce to prepare the clips again"
                            .formatted(published.key(), name)));
    try {
      return StageJson.json().readValue(Files.readAllBytes(StageFolder.open(store, file)), type);
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "%s is damaged: %s".formatted(file.path(), e.getMessage()), e);
    }
  }
}
