package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Artifact;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import dev.atelier.local.workstation.VolumePaths;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier gallery}. */
@Command(
    name = "gallery",
    header = "Print where the pictures of finished resources are, and open them on a desktop.",
    description = {
      "",
      "Of a cluster they are fetched from the object store, with the credentials of the AWS tools.",
      ""
    },
    footer = {"", "Examples:", "  ./atelier gallery", "  ./atelier gallery ana"})
final class GalleryCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Only those of the resource named so.")
  private String name = "";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "",
      description =
          "Where a cluster's object store is seen from here (default: as its pods see it).")
  private String endpoint = "";

  GalleryCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var place = where.in(services.settings());
    List<Path> galleries;
    try (var source = place.source()) {
      galleries = place.cluster().isPresent() ? fetched(source) : here(source, place);
    }
    if (galleries.isEmpty()) {
      throw new UserError(
          "there is no gallery" + (name.isEmpty() ? "" : " of " + name) + " yet",
          "./atelier get shows how far its resource is.");
    }
    galleries.forEach(gallery -> services.console().say(gallery.toString()));
    if (services.settings().display()) {
      open(galleries.get(0));
    }
    return ExitStatus.DONE;
  }

  private List<Path> here(ResourceSource source, Place place) {
    var volumes = place.volumes(source.list(services.kinds().named("pvc")));
    return named(source)
        .flatMap(resource -> galleries(resource, volumes).flatMap(one -> one.path().stream()))
        .filter(Files::exists)
        .toList();
  }

  private List<Path> fetched(ResourceSource source) {
    var volumes = VolumePaths.elsewhere();
    var fetch =
        new FetchedGallery(
            source.list(services.kinds().named("diffusionruntimes")),
            services.settings().here(),
            endpoint);
    return named(source)
        .flatMap(resource -> galleries(resource, volumes).map(one -> fetch.fetch(resource, one)))
        .toList();
  }

  private Stream<Resource> named(ResourceSource source) {
    return services.kinds().ours().stream()
        .flatMap(kind -> source.list(kind).stream())
        .filter(resource -> name.isEmpty() || resource.name().equals(name));
  }

  private static Stream<Artifact> galleries(Resource resource, VolumePaths volumes) {
    return Artifact.of(resource, volumes).stream()
        .filter(artifact -> artifact.name().equals("gallery"));
  }

  /** The path is printed already, so a desktop that cannot open it is no error. */
  private void open(Path gallery) {
    try {
      new ProcessBuilder("xdg-open", gallery.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      services.console().err().println("(no xdg-open here; open the path in a browser)");
      services.console().err().flush();
    }
  }
}
