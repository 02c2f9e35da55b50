package dev.atelier.runtime.sample;

/**
 * XMP that marks a picture as made by a model: IPTC Photo Metadata Standard 2025.1, property
 * Digital Source Type, and the prompt and system behind it.
 */
final class Xmp {

  private static final String TRAINED_ALGORITHMIC_MEDIA =
      "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

  private Xmp() {}

  static String packet(String prompt, String software) {
    return """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about=""
            xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
            xmp:CreatorTool="%s"
            Iptc4xmpExt:DigitalSourceType="%s"
            Iptc4xmpExt:AISystemUsed="%s">
           <Iptc4xmpExt:AIPromptInformation>%s</Iptc4xmpExt:AIPromptInformation>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """
        .formatted(
            escaped(software), TRAINED_ALGORITHMIC_MEDIA, escaped(software), escaped(prompt));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        // Control characters are no XML, whatever a prompt holds.
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ");
  }
}
