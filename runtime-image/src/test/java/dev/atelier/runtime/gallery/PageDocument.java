package dev.atelier.runtime.gallery;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** A page as a strict parser reads it. */
record PageDocument(byte[] page) {

  /** Its bytes as text. */
  String text() {
    return new String(page, StandardCharsets.UTF_8);
  }

  /** The elements of a name, or all with {@code *}. */
  List<Element> elements(String name) throws Exception {
    var found = parsed().getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** The texts of the elements of a name. */
  List<String> texts(String name) throws Exception {
    return elements(name).stream().map(Node::getTextContent).toList();
  }

  /** Attributes that make a browser ask for something, and hold no data. */
  List<String> requests() throws Exception {
    var requests = new ArrayList<String>();
    for (var element : elements("*")) {
      for (var name : List.of("src", "href", "srcset", "poster", "action", "data")) {
        if (!element.getAttribute(name).matches("(|data:.*|#.*)")) {
          requests.add(element.getTagName() + " " + name);
        }
      }
    }
    return requests;
  }

  private Document parsed() throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver((name, location) -> new InputSource(new StringReader("")));
    return builder.parse(new ByteArrayInputStream(page));
  }
}
