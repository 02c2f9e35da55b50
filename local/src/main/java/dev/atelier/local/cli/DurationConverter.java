package dev.atelier.local.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as {@code 90s}, {@code 30m}, {@code 2h} or {@code 1h30m}. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern TIME = Pattern.compile("(?=\\d)((\\d+)h)?((\\d+)m)?((\\d+)s)?");

  @Override
  public Duration convert(String value) {
    var match = TIME.matcher(value);
    if (!match.matches()) {
      throw new TypeConversionException("'" + value + "' is no time; write 90s, 30m or 2h");
    }
    return Duration.ofHours(number(match.group(2)))
        .plusMinutes(number(match.group(4)))
        .plusSeconds(number(match.group(6)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
