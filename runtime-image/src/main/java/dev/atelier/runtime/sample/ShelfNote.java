package dev.atelier.runtime.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar of a picture or clip: what became of it.
 *
 * @param request digest of the model, the sampler, the prompt and the seed
 * @param judged what the output check said, of a clip's most doubtful frame; absent in notes of
 *     earlier releases
 * @param files what was written, empty where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShelfNote(
    String request,
    Verdict verdict,
    @Nullable PictureVerdict judged,
    List<Manifest.StoredFile> files) {

  ShelfNote {
    files = List.copyOf(files);
  }
}
