package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipSet;
import dev.atelier.runtime.clip.ClipVerdict;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The report on a set of clips: how many got which verdict, and pictures of them. One page that
 * holds everything it shows.
 */
public final class ClipsPage {

  /** A page with more pictures opens slowly. */
  private static final int ACCEPTED_SHOWN = 96;

  private static final int REJECTED_SHOWN = 24;
  private static final int EDGE = 256;

  private static final String BODY =
      """
        <header>
        <p class="kicker">Clips</p>
        <h1>%s</h1>
        <p class="lede">%s</p>
        </header>
        <main>
        %s</main>
        <footer><p>This page holds all it shows and requests nothing.</p></footer>
        """;

  private ClipsPage() {}

  /** Ids of the clips whose pictures the page shows. */
  public static Set<String> shown(ClipSet set) {
    var ids = new HashSet<String>();
    for (var verdict : ClipVerdict.values()) {
      of(set, verdict).stream().limit(limit(verdict)).forEach(clip -> ids.add(clip.id()));
    }
    return ids;
  }

  /**
   * The file's bytes.
   *
   * @param posters by id of the clip
   */
  public static byte[] html(String name, ClipSet set, Map<String, RgbImage> posters) {
    var sections = new StringBuilder(histogram(set));
    for (var verdict : ClipVerdict.values()) {
      sections.append(section(set, verdict, posters));
    }
    var body =
        BODY.formatted(
            escape(name),
            escape(
                "%d of %d clips can be learned from"
                    .formatted(set.accepted().size(), set.clips().size())),
            sections);
    return new PageFrame(
            name + " · Clips",
            Html.resource("gallery.css") + Html.resource("clips.css"),
            false,
            body + PageFrame.LARGE_PICTURE,
            Html.resource("gallery.js"))
        .bytes();
  }

  private static String histogram(ClipSet set) {
    var rows = new StringBuilder();
    int most = set.histogram().values().stream().mapToInt(Integer::intValue).max().orElse(1);
    set.histogram()
        .forEach(
            (verdict, count) ->
                rows.append(
                    """
                    <tr><th scope="row">%s</th><td class="bar"><i class="%s" style="width:%s%%"></i></td><td class="count">%d</td></tr>
                    """
                        .formatted(
                            title(verdict),
                            verdict == ClipVerdict.Accepted ? "own" : "other",
                            String.format(Locale.ROOT, "%.1f", 100.0 * count / most),
                            count)));
    return """
        <section aria-labelledby="verdicts">
        <h2 id="verdicts">Verdicts</h2>
        <table class="histogram">
        %s</table>
        </section>
        """
        .formatted(rows);
  }

  private static String section(ClipSet set, ClipVerdict verdict, Map<String, RgbImage> posters) {
    var clips = of(set, verdict);
    if (clips.isEmpty()) {
      return "";
    }
    var items = new StringBuilder();
    clips.stream()
        .limit(limit(verdict))
        .map(clip -> item(clip, Optional.ofNullable(posters.get(clip.id()))))
        .forEach(items::append);
    long more = clips.size() - Math.min(clips.size(), limit(verdict));
    return """
        <section aria-labelledby="%1$s">
        <h2 id="%1$s">%2$s: %3$d</h2>
        <ul class="pictures clips">
        %4$s</ul>
        %5$s</section>
        """
        .formatted(
            verdict.name(),
            title(verdict),
            clips.size(),
            items,
            more == 0 ? "" : "<p class=\"lede\">and %d more, see clips.json</p>\n".formatted(more));
  }

  private static String item(ClipRecord clip, Optional<RgbImage> poster) {
    return """
        <li><figure>%s
        <figcaption><b>%s</b><span>%s</span><span>%s</span></figcaption></figure></li>
        """
        .formatted(
            poster
                .map(picture -> Preview.of(Resize.atMost(picture, EDGE, Filter.LANCZOS)))
                .map(preview -> Html.shot(preview, "clip " + clip.id()))
                .orElse("<p class=\"absent\">not readable</p>"),
            escape(clip.id()),
            escape(said(clip)),
            escape(where(clip)));
  }

  private static String said(ClipRecord clip) {
    if (!clip.accepted()) {
      return clip.advice();
    }
    return clip.caption() == null ? "" : clip.caption();
  }

  private static String where(ClipRecord clip) {
    return clip.kind() == ClipRecord.Kind.Image
        ? clip.source()
        : "%s at %s s".formatted(clip.source(), Html.number(clip.start()));
  }

  private static List<ClipRecord> of(ClipSet set, ClipVerdict verdict) {
    return set.clips().stream().filter(clip -> clip.verdict() == verdict).toList();
  }

  private static String title(ClipVerdict verdict) {
    return Words.spaced(verdict.name()).replace("english", "English");
  }

  private static int limit(ClipVerdict verdict) {
    return verdict == ClipVerdict.Accepted ? ACCEPTED_SHOWN : REJECTED_SHOWN;
  }
}
