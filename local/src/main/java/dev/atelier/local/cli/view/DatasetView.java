package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Resource;
import java.util.Map;

/** The photos that intake did not use, with what to do about them. */
final class Photos {

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("NoFace", "show the face, unobstructed and upright"),
          Map.entry("SeveralFaces", "use a photo of this person alone"),
          Map.entry("FaceTooSmall", "come closer or crop less"),
          Map.entry("Blurred", "use a sharper photo"),
          Map.entry("TooDark", "use a photo with more light"),
          Map.entry("TooBright", "use a photo that is less exposed"),
          Map.entry("ExtremePose", "look towards the camera"),
          Map.entry("Occluded", "show the whole face, without hands, mask or sunglasses"),
          Map.entry("NearDuplicate", "use photos from different moments"),
          Map.entry("DifferentPerson", "leave it out, it seems to show somebody else"),
          Map.entry("Unsafe", "leave it out, it seems to show nudity"),
          Map.entry("Unreadable", "save it again as JPEG or PNG"),
          Map.entry("TooLarge", "scale it down"));

  private Photos() {}

  static TextTable rejected(Resource resource) {
    var table = new TextTable();
    var dataset = resource.status().path("dataset");
    int listed = 0;
    for (var photo : dataset.path("rejected")) {
      var reason = photo.path("reason").asText();
      table.row(photo.path("name").asText(), reason, ADVICE.getOrDefault(reason, ""));
      listed++;
    }
    int more = dataset.path("photos").asInt() - dataset.path("usable").asInt() - listed;
    if (more > 0) {
      table.row("and %d more".formatted(more));
    }
    return table;
  }
}
