package dev.atelier.runtime.stage;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.stage.EraseInput;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Deletes everything below the given prefixes, lists to verify that nothing is left, and writes a
 * receipt that holds counts and digests only. Erasing again finds nothing and keeps the first
 * receipt.
 */
public final class EraseStage implements StageWork {

  private final StageContext context;
  private final EraseInput input;

  EraseStage(StageContext context, EraseInput input) {
    this.context = context;
    this.input = input;
  }

  /** What was erased: no names of files, which may name people. */
  @JsonPropertyOrder({"kind", "uid", "reason", "erasedAt", "objects", "bytes", "listingSha256"})
  record Receipt(
      String kind,
      String uid,
      String reason,
      Instant erasedAt,
      int objects,
      long bytes,
      String listingSha256) {}

  @Override
  public TerminationMessage run() throws IOException {
    var store = context.store();
    var found = input.prefixes().stream().flatMap(p -> store.list(p).stream()).toList();
    context.progress().begin("erasing", input.prefixes().size(), 0);
    int done = 0;
    for (var prefix : input.prefixes()) {
      store.delete(prefix);
      context.progress().step(++done, List.of());
    }
    verify(store);
    var receipt = receipt(store, found);
    return words(receipt);
  }

  private void verify(ArtifactStore store) {
    for (var prefix : input.prefixes()) {
      var left = store.list(prefix);
      if (!left.isEmpty()) {
        throw new StageFailure.StorageUnavailable(
            "%d files are still below %s in %s after erasing; is something else writing there?"
                .formatted(left.size(), prefix, store.describe()),
            null);
      }
    }
  }

  private Receipt receipt(ArtifactStore store, List<ArtifactStore.Entry> found) throws IOException {
    var json = StageJson.json();
    var earlier = store.read(input.receipt());
    if (found.isEmpty() && earlier.isPresent()) {
      return json.readValue(earlier.get(), Receipt.class);
    }
    var listing = new StringBuilder();
    found.forEach(entry -> listing.append(entry.key()).append('\n'));
    var resource = context.file().resource();
    var receipt =
        new Receipt(
            resource.kind(),
            resource.uid(),
            input.reason(),
            context.clock().instant(),
            found.size(),
            found.stream().mapToLong(ArtifactStore.Entry::sizeBytes).sum(),
            Digests.of(listing.toString().getBytes(StandardCharsets.UTF_8)));
    store.put(input.receipt(), json.writerWithDefaultPrettyPrinter().writeValueAsBytes(receipt));
    return receipt;
  }

  private TerminationMessage words(Receipt receipt) {
    return new LastWords(
            TerminationMessage.Result.Succeeded,
            "Erased",
            "erased %d files, %d bytes; receipt %s"
                .formatted(receipt.objects(), receipt.bytes(), input.receipt()))
        .erased(new TerminationMessage.Erased(receipt.objects(), receipt.bytes(), input.receipt()))
        .say();
  }
}
