package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GalleryPageTest {

  private final byte[] page = GalleryPage.html(Galleries.full());

  @Test
  void thePageIsWellFormedWhateverNamesAndPromptsHold() throws Exception {
    assertThat(document().texts("h1")).containsExactly(Galleries.NASTY);
    assertThat(document().texts("title")).containsExactly(Galleries.NASTY + " · Portrait model");
    assertThat(document().texts("p")).contains("photo of a sks person in the <snow> & ice");
  }

  @Test
  void nothingIsFetchedFromOutsideThePage() throws Exception {
    assertThat(document().requests()).isEmpty();
    assertThat(text())
        .contains("default-src 'none'; img-src data:")
        .doesNotContain("url(", "@import", "fetch(", "XMLHttpRequest", "http:", "https:");
  }

  @Test
  void everyPictureSaysWhatItShows() throws Exception {
    assertThat(document().elements("img"))
        .hasSizeGreaterThan(10)
        .filteredOn(image -> !image.getParentNode().getNodeName().equals("dialog"))
        .allSatisfy(image -> assertThat(image.getAttribute("alt")).isNotBlank());
    assertThat(document().elements("img"))
        .extracting(image -> image.getAttribute("alt"))
        .contains("photo of a sks person wearing a navy suit, seed 7", "training photo IMG_1");
  }

  @Test
  void everyPictureCanBeReachedByKey() throws Exception {
    assertThat(document().elements("img"))
        .filteredOn(image -> image.getAttribute("alt").contains("seed"))
        .allSatisfy(image -> assertThat(image.getParentNode().getNodeName()).isEqualTo("button"));
  }

  @Test
  void gateMetricsVerdictsAndWhatIsMissingAreTold() {
    assertThat(text())
        .contains(
            "Gate failed",
            "IdentitySimilarity is 0.41, at least 0.5 is needed",
            "<p class=\"value\">0.41</p>",
            "<dd>at least 0.50</dd>",
            "not measured: no model is configured",
            "blocked by the output check, not written<br/>nudity score 0.93, blocked &lt;from&gt; 0.80",
            "closest photo<br/>IMG_1, 0.34 alike",
            "<b class=\"bad\">Blurred</b> <span>IMG_<wbr/>2.jpg</span> <span>hold still</span>",
            "Base model, asked for a person with the same seeds",
            "Apache-2.0");
  }

  @Test
  void aNumberStandsBesideItsIntervalAndTheModelBehindIt() {
    assertThat(text())
        .contains(
            "<p class=\"interval\">95 %: 0.36 to 0.46</p>",
            "<dt class=\"base\">base model</dt><dd>0.20</dd>",
            "<dt class=\"\">95 %</dt><dd>0.15 to 0.26</dd>",
            "<dt class=\"\">difference</dt><dd>+0.21</dd>",
            "<p class=\"text\">Measured with mtcnn 12ab34cd56ef, dlib128 &lt;9f&gt;</p>");
  }

  @Test
  void aNumberOfAnotherModelIsNotShownButSaidToBeLeftOut() {
    assertThat(text())
        .contains("the photos&#39; number is left out: IdentitySimilarity was measured with")
        .doesNotContain(">real photos<");
  }

  @Test
  void howDifferentThePhotosAreAndWhatToAddStandsAboveThem() {
    assertThat(text())
        .contains(
            "1 usable: 1 from the front, 0 turned left, 0 turned right; 1 place; light 118 to 118",
            "<li>add a photo from the &lt;left&gt;</li>");
  }

  @Test
  void whyThisCheckpointIsToldAndDrawnForThoseWhoSeeAndForThoseWhoListen() throws Exception {
    assertThat(document().texts("h2")).contains("Why step 200");
    assertThat(text())
        .contains("Training ended at step 400 of 800: in 2 rounds nothing got better.");
    assertThat(document().elements("svg"))
        .hasSize(3)
        .first()
        .satisfies(
            plot ->
                assertThat(plot.getAttribute("aria-label"))
                    .isEqualTo(
                        "Identity over the steps: 100: 0.310, 200: 0.440, 300: 0.440, 400: 0.430; published is step 200"));
    assertThat(document().texts("td")).contains("published", "on the front");
  }

  @Test
  void aTrainingThatWasJudgedOnceIsDrawnInTheMiddle() {
    var once =
        new Curve(
            40,
            40,
            100,
            3,
            40,
            0,
            12,
            new Curve.Definitions("a", "b", "c"),
            List.of(new Curve.Round(40, 0.5, 1, 0.2, true)));

    assertThat(CurveSection.html(once))
        .contains("All 40 steps were taken", "too few to hold one back")
        .doesNotContain("NaN");
  }

  @Test
  void adviceOnPromptsStandsApartFromTheGatesFindings() {
    assertThat(text())
        .contains("About the prompts, none of which was refused:")
        .contains("&lt;b&gt;nothing&lt;/b&gt; is refused for it");
  }

  private String text() {
    return document().text();
  }

  private PageDocument document() {
    return new PageDocument(page);
  }
}
