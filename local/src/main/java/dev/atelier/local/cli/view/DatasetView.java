package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Resource;
import java.util.Map;

/** What is learnt from: the photos, or clips, that are usable, and what to do about the others. */
record DatasetView(String noun, Map<String, String> advice, JsonNode dataset) {

  private static final Map<String, String> OF_PHOTOS =
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

  private static final Map<String, String> OF_CLIPS =
      Map.ofEntries(
          Map.entry("Unreadable", "export it again as MP4 with H.264"),
          Map.entry("TooShort", "use a longer scene, or lower clip.seconds"),
          Map.entry("TooSmall", "use a larger film, or lower clip.width and height"),
          Map.entry("TooDark", "use a film with more light"),
          Map.entry("Letterboxed", "crop the black bars away"),
          Map.entry("Static", "use a film that moves, or lower filter.minMotion"),
          Map.entry("Blurred", "use a sharper film, or lower filter.minSharpness"),
          Map.entry("TextHeavy", "leave it out, or set filter.dropText: false"),
          Map.entry("Unsafe", "leave it out, it seems to show nudity"),
          Map.entry("NearDuplicate", "use films of different moments"),
          Map.entry("NoCaption", "say what it shows in NAME.txt beside it"),
          Map.entry("NotEnglish", "say what it shows in English"));

  static DatasetView of(Resource resource) {
    var dataset = resource.status().path("dataset");
    return resource.kind().equals("VideoGenerator")
        ? new DatasetView("clips", OF_CLIPS, dataset)
        : new DatasetView("photos", OF_PHOTOS, dataset);
  }

  TextTable usable() {
    var table = new TextTable();
    if (dataset.isObject()) {
      table.row(
          "%s of %s usable"
              .formatted(dataset.path("usable").asText(), dataset.path("photos").asText()));
    }
    return table;
  }

  TextTable rejected() {
    var table = new TextTable();
    int listed = 0;
    for (var photo : dataset.path("rejected")) {
      var reason = photo.path("reason").asText();
      table.row(photo.path("name").asText(), reason, advice.getOrDefault(reason, ""));
      listed++;
    }
    int more = dataset.path("photos").asInt() - dataset.path("usable").asInt() - listed;
    if (more > 0) {
      table.row("and %d more".formatted(more));
    }
    return table;
  }
}
