package io.membersync.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The words generated members are made of, each kept as text and as UTF-8 bytes. */
final class GeneratedVocabulary {

    static final Words WOMEN = Words.of(
            "Kari,Åse,Bjørg,Ingrid,Solveig,Anne,Liv,Gunnhild,Ragnhild,Marit,Turid,Sølvi,Åshild,Berit,Astrid,Randi,"
                    + "Hilde,Nina,Grete,Tone,Synnøve,Elin,Silje,Ida,Emma,Nora,Sára,Máret,Fatima,Aisha,Anne-Lise,Ann Kristin");
    static final Words MEN = Words.of(
            "Ola,Bjørn,Håkon,Jørgen,Øyvind,Åge,Per,Kjell,Leif,Arne,Svein,Trond,Geir,Tor,Knut,Jan,Terje,Morten,Stig,"
                    + "Pål,Asbjørn,Torbjørn,Sigurd,Magnus,Jonas,Ánte,Nils,Mohammed,Ali,Jan-Erik,Per Øystein,Odd Åge");
    static final Words LAST_NAMES = Words.of(
            "Nordmann,Hansen,Johansen,Olsen,Larsen,Andersen,Pedersen,Nilsen,Kristiansen,Jensen,Karlsen,Johnsen,Pettersen,"
                    + "Eriksen,Berg,Haugen,Hagen,Dahl,Lund,Moen,Sørensen,Jørgensen,Ødegård,Bøe,Sæther,Åsen,Næss,Bråten,"
                    + "Strøm,Håland,Ås,Øien,Kjær,Tømmerås,Vågen,Fjærestad,Myhre,Solberg,Bakken,Lie,O'Brien,Sara,"
                    + "van der Berg,Nguyen,Østby,Grønnevik,Bjørnstad,Træen");
    static final Words STREETS = Words.of(
            "Storgata,Kirkeveien,Skolegata,Øvre Slottsgate,Bjørkeveien,Åsveien,Sjøgata,Møllergata,Grønlandsleiret,"
                    + "Fjordgata,Nedre Bråtevei,Rådhusgata,Havnegata,Solsiden,Tømmerveien,Prestegårdsveien");
    static final Words PLACES = Words.of(
            "0155 OSLO,5003 BERGEN,7011 TRONDHEIM,4006 STAVANGER,9008 TROMSØ,3015 DRAMMEN,1607 FREDRIKSTAD,8005 BODØ,"
                    + "6002 ÅLESUND,4612 KRISTIANSAND,3717 SKIEN,2317 HAMAR,1394 NESBRU,9990 BÅTSFJORD,2670 OTTA,"
                    + "4330 ÅLGÅRD,6770 NORDFJORDEID,0010 OSLO");
    static final Words TYPES = Words.of("ORDINARY,FAMILY,YOUTH,SUPPORT,HONORARY");
    static final Words ROLES = Words.of("LEADER,DEPUTY_LEADER,TREASURER,BOARD_MEMBER,PEER_MENTOR");
    static final Words PURPOSES = Words.of("newsletter,sms,research");
    static final Words LANGUAGES = Words.of("nb,nn,se,en");
    static final Words FORMATS = Words.of("PRINT,LARGE_PRINT,BRAILLE,AUDIO,EMAIL");

    private GeneratedVocabulary() {}

    /** A list of words, by index as text, as UTF-8, and in the spelling used in e-mail addresses. */
    record Words(List<String> texts, List<byte[]> bytes, List<byte[]> mailbox) {

        static Words of(String commaSeparated) {
            List<String> texts = List.of(commaSeparated.split(",", -1));
            return new Words(
                    texts,
                    texts.stream()
                            .map(word -> word.getBytes(StandardCharsets.UTF_8))
                            .toList(),
                    texts.stream()
                            .map(word -> asMailbox(word).getBytes(StandardCharsets.US_ASCII))
                            .toList());
        }

        int size() {
            return texts.size();
        }

        private static String asMailbox(String word) {
            return word.toLowerCase(Locale.ROOT)
                    .replace("æ", "ae")
                    .replace("ø", "o")
                    .replace("å", "a")
                    .replace("á", "a")
                    .replaceAll("[^a-z]", "");
        }
    }
}
