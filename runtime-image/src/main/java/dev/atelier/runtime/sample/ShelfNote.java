package dev.atelier.runtime.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.atelier.runtime.store.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar of a picture or clip: what became of it.
 *
 * @param request digest of the model, the sampler, the prompt and the seed
 * @param nudity the highest score of a frame, absent for pictures
 * @param files what was written, empty where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShelfNote(
    String request, Verdict verdict, @Nullable Double nudity, List<Manifest.StoredFile> files) {

  ShelfNote {
    files = List.copyOf(files);
  }
}
