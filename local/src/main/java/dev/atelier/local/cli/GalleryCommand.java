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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier gallery}. */
@Command(
    name = "gallery",
    header = "Print where the pictures of finished resources are, and open them on a desktop.",
    footer = {"", "Examples:", "  ./atelier gallery", "  ./atelier gallery ana"})
final class GalleryCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Only those of the resource named so.")
  private String name = "";

  GalleryCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var directory = state.in(services.settings().here());
    var kinds = services.kinds();
    List<Path> galleries;
    try (var source = ResourceSource.of(directory)) {
      var volumes = new VolumePaths(directory, source.list(kinds.named("pvc")));
      galleries =
          kinds.ours().stream()
              .flatMap(kind -> source.list(kind).stream())
              .filter(resource -> name.isEmpty() || resource.name().equals(name))
              .flatMap(resource -> galleries(resource, volumes).stream())
              .toList();
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

  private static List<Path> galleries(Resource resource, VolumePaths volumes) {
    return Artifact.of(resource, volumes).stream()
        .filter(artifact -> artifact.name().equals("gallery"))
        .flatMap(artifact -> artifact.path().stream())
        .filter(Files::exists)
        .toList();
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
