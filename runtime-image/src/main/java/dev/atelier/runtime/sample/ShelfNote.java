package dev.atelier.runtime.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.atelier.runtime.store.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar of a picture: what became of it.
 *
 * @param request digest of the model, the sampler, the prompt and the seed
 * @param file the picture, absent where none was written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShelfNote(String request, Verdict verdict, Manifest.@Nullable StoredFile file) {}
