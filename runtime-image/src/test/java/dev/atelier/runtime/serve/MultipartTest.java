package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms as browsers and libraries write them, and what is none. */
class MultipartTest {

  @Test
  void textsAndFilesComeBackByteForByte() {
    var parts =
        Multipart.parts(
            bytes(
                "--b/1<Content-Disposition: form-data; name=\"prompt\"<<two<lines<--b/1<content-disposition: form-data; name=\"file\"; filename=\"a;b.png\"<Content-Type: image/png<<\u0000\u00ff--b/<--b/1<Content-Disposition: form-data; name=\"empty\"<<<--b/1--<"),
            "multipart/form-data; boundary=\"b/1\"");

    assertThat(parts).extracting(Multipart.Part::name).containsExactly("prompt", "file", "empty");
    assertThat(parts).extracting(Multipart.Part::file).containsExactly(false, true, false);
    assertThat(parts.get(0).text()).isEqualTo("two\r\nlines");
    assertThat(parts.get(1).content()).isEqualTo(bytes("\u0000\u00ff--b/"));
    assertThat(parts.get(2).content()).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          multipart/form-data             | --b--                                          | no boundary
          multipart/form-data; boundary=b | words                                          | does not begin with its boundary
          multipart/form-data; boundary=b | --b                                            | something else than a line's end
          multipart/form-data; boundary=b | --b<Content-Disposition: form-data; name="a"   | no headers
          multipart/form-data; boundary=b | --b<Content-Disposition: form-data; name="a"<<value | cut off
          multipart/form-data; boundary=b | --b<Content-Type: text/plain<<value<--b--      | no Content-Disposition
          multipart/form-data; boundary=b | --b<Content-Disposition: form-data<<value<--b-- | no name
          """)
  void whatIsNoFormIsRefused(String type, String body, String message) {
    assertThatThrownBy(() -> Multipart.parts(bytes(body), type))
        .isInstanceOf(RequestProblem.class)
        .hasMessageContaining(message);
  }

  /** {@code <} stands for the end of a line. */
  private static byte[] bytes(String text) {
    return text.replace("<", "\r\n").getBytes(ISO_8859_1);
  }
}
