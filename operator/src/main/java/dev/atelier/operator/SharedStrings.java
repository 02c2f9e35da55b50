package dev.atelier.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a short text that was read before as the same object: of the strings in ten thousand
 * resources three in four say what others say, such as {@code True}, a namespace or a kind.
 *
 * <p>What was read is remembered by its hash, one text for each place, and forgotten for another of
 * that place: the memory of it is bounded, and needs no lock.
 */
final class SharedStrings extends StringDeserializer {

  private static final long serialVersionUID = 1L;

  /** Longer ones are rarely repeated, and dear to compare. */
  private static final int LONGEST = 96;

  private static final int PLACES = 1 << 14;

  @SuppressWarnings("serial") // Nobody writes a deserializer down.
  private final @Nullable String[] known = new @Nullable String[PLACES];

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    var text = super.deserialize(parser, context);
    return text == null || text.length() > LONGEST ? text : shared(text);
  }

  private String shared(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    var before = known[place];
    if (text.equals(before)) {
      return before;
    }
    known[place] = text;
    return text;
  }
}
