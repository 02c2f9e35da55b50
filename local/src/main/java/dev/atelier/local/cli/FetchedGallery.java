package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Artifact;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A gallery of a cluster, fetched from its object store with the caller's own credentials (those of
 * the AWS tools): the operator has none, and Secrets are not read.
 *
 * @param folder for the page
 * @param seenFromHere endpoint instead of the one that pods use; may be empty
 */
record FetchedGallery(List<Resource> runtimes, Path folder, String seenFromHere) {

  /**
   * Writes the page, which needs no other file, beside the caller.
   *
   * @throws UserError for a gallery on a claim, which only pods can read
   */
  Path fetch(Resource resource, Artifact gallery) {
    if (!gallery.uri().startsWith("s3://")) {
      throw new UserError(
          "the gallery of %s is at %s, a volume that only pods can read"
              .formatted(resource.title(), gallery.uri()),
          "Mount the claim in a pod, or let the runtime store to S3.");
    }
    int slash = gallery.uri().indexOf('/', "s3://".length());
    var location = location(resource, gallery.uri().substring(0, slash));
    try {
      var scratch = Files.createTempDirectory("atelier-gallery");
      try {
        var page =
            new Stores(RuntimeSettings.ofEnvironment(), scratch)
                .open(location)
                .read(gallery.uri().substring(slash + 1))
                .orElseThrow(() -> gone(gallery));
        return Files.write(folder.resolve(resource.name() + "-gallery.html"), page);
      } finally {
        Files.deleteIfExists(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the gallery to " + folder, e);
    }
  }

  private StoreLocation location(Resource resource, String bucket) {
    var name = resource.status().path("run").path("runtime").asText();
    var s3 =
        runtimes.stream()
            .filter(runtime -> runtime.name().equals(name))
            .map(runtime -> runtime.body().at("/spec/storage/s3"))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "the DiffusionRuntime '%s' that says where the store is cannot be found"
                            .formatted(name),
                        "Ask who may list diffusionruntimes."));
    var endpoint = seenFromHere.isEmpty() ? s3.path("endpoint").asText() : seenFromHere;
    return new StoreLocation(
        bucket, endpoint.isEmpty() ? null : endpoint, s3.path("region").asText("us-east-1"), null);
  }

  private static UserError gone(Artifact gallery) {
    return new UserError(
        "there is nothing at " + gallery.uri(), "Its resource may just have been erased.");
  }
}
