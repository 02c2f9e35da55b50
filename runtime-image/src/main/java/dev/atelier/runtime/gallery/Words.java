package dev.atelier.runtime.gallery;

import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.Verdict;
import java.util.Locale;

/** Names of the API as a person reads them. */
final class Words {

  private Words() {}

  /** {@code DifferentPerson} as "Different person". */
  static String spaced(String name) {
    var spaced = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? spaced
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** {@code inputSha256} as "Input SHA-256". */
  static String fact(String name) {
    return spaced(name).replace("sha256", "SHA-256").replaceFirst("^Uid$", "UID");
  }

  /** {@code ClipText} as "CLIP text": networks have names of their own. */
  static String metric(String name) {
    return spaced(name).replaceFirst("^Clip ", "CLIP ").replaceFirst("^Dino ", "DINO ");
  }

  /** What became of a photo. */
  static String verdict(PhotoVerdict photo) {
    if (photo.verdict() != Verdict.Accepted) {
      return spaced(photo.verdict().name());
    }
    return photo.used() ? "Used" : "Spare";
  }

  /** A photo's name with what to do about it. */
  static String about(PhotoVerdict photo) {
    var advice = advice(photo);
    return advice.isEmpty() ? photo.name() : photo.name() + ": " + advice;
  }

  /** What to do about a photo; empty if nothing. */
  static String advice(PhotoVerdict photo) {
    return photo.advice().isEmpty() && !photo.used() ? "fine, others are better" : photo.advice();
  }

  /** Which way a metric is better. */
  static String direction(String metric) {
    return switch (metric) {
      case "Memorisation" -> "lower is better, 1 is a copy";
      case "FrechetInception",
          "FrechetInceptionClean",
          "KernelInception",
          "FrechetVideo",
          "ClipDiscrepancy",
          "Flicker",
          "RepeatedFrames" ->
          "lower is better";
      case "Motion" -> "0 stands still";
      default -> "higher is better";
    };
  }
}
