package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.caption.ClipCaptions;
import dev.atelier.runtime.caption.EndpointCaptions;
import dev.atelier.runtime.caption.FileNameCaptions;
import dev.atelier.runtime.caption.Pacing;
import dev.atelier.runtime.caption.SidecarCaptions;
import dev.atelier.runtime.caption.VisionEndpoint;
import dev.atelier.runtime.clip.ClipSettings;
import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.clip.MediaSet;
import dev.atelier.runtime.report.Pause;
import dev.atelier.stage.PrepareVideoInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the stage file says, as the parts of the preparation understand it. */
final class ClipInputs {

  /** What a single server bears well beside its other users. */
  private static final int REQUESTS_PER_MINUTE = 120;

  private final StageContext context;
  private final PrepareVideoInput input;

  ClipInputs(StageContext context, PrepareVideoInput input) {
    this.context = context;
    this.input = input;
  }

  ClipSettings settings() {
    var clip = input.clip();
    if (clip.frames() % 4 != 1) {
      throw new StageFailure.BadInput(
          "clips of %d frames cannot be encoded: a video autoencoder takes 4k + 1, such as %d"
              .formatted(clip.frames(), clip.frames() / 4 * 4 + 1));
    }
    var filter = input.filter();
    return new ClipSettings(
        clip.frames(),
        clip.framesPerSecond(),
        clip.width(),
        clip.height(),
        filter.minSharpness(),
        filter.minMotion(),
        filter.dropDuplicates(),
        filter.dropText(),
        filter.safety(),
        input.perception().nudity().block());
  }

  /** Every file, in the same order in every pod; at least one. */
  List<MediaFile> files() {
    var all = new ArrayList<>(MediaSet.of(context.stores().open(input.videos()), ""));
    var images = input.images();
    if (images != null) {
      all.addAll(MediaSet.of(context.stores().open(images), "images/"));
    }
    if (all.isEmpty()) {
      throw new StageFailure.BadInput(
          "NotEnoughUsableClips",
          "there are no videos at %s: put MP4, MOV or WebM files there, then raise spec.runNonce"
              .formatted(input.videos().url()),
          null,
          null);
    }
    return List.copyOf(all);
  }

  /** Captions that cost nothing, made while a file is looked at; empty with an endpoint. */
  Optional<ClipCaptions> written() {
    return switch (input.captions().from()) {
      case "Sidecar" -> Optional.of(new SidecarCaptions());
      case "FileName" -> Optional.of(new FileNameCaptions());
      default -> Optional.empty();
    };
  }

  /** Where captions come from. */
  ClipCaptions captions() {
    return written().orElseGet(this::endpoint);
  }

  private ClipCaptions endpoint() {
    var endpoint = Objects.requireNonNull(input.captions().endpoint(), "from Endpoint needs one");
    var pacing =
        new Pacing(
            Math.max(1, REQUESTS_PER_MINUTE / input.shards()), context.clock(), Pause.waiting());
    return new EndpointCaptions(
        new VisionEndpoint(
            new VisionEndpoint.Endpoint(
                endpoint.url(), endpoint.model(), key(endpoint.credentials())),
            VisionEndpoint.Retries.defaults(),
            pacing),
        context.store(),
        context.file().prefix() + "/" + input.stage().slug() + "/captions");
  }

  private Optional<String> key(@Nullable String credentials) {
    if (credentials == null) {
      return Optional.empty();
    }
    var file = context.settings().resolve(credentials).resolve("API_KEY");
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "the secret mounted at %s has no key API_KEY; add it to the secret of spec.dataset.captions.endpoint.apiKeySecretRef"
              .formatted(credentials),
          e);
    }
  }
}
