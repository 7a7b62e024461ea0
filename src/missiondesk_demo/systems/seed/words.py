"""Invented names, addresses and goods."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where people live: how they are called, how an address and a phone number look there."""

    language: str
    currency: str
    first: tuple[str, ...]
    last: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    dialling: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("; "))


PLACES = (
    Place(
        "da",
        "EUR",
        _words("Astrid Freja Ingrid Signe Anders Lars Mikkel Søren"),
        _words("Bakke Dahl Kjær Lindqvist Møller Nygaard Sand Winther"),
        _lines("Birkevej; Havnegade; Møllestien; Skovbakken"),
        _lines("8000 Aarhus C; 5000 Odense; 2100 København Ø"),
        "+45 55 01",
    ),
    Place(
        "de",
        "EUR",
        _words("Anke Britta Hannah Lena Florian Jürgen Moritz Uwe"),
        _words("Baumann Dietrich Krüger Lindner Pfeiffer Reuter Schäfer Vogt"),
        _lines("Ahornweg; Bachstraße; Lindenallee; Am Mühlbach"),
        _lines("50667 Köln; 20095 Hamburg; 04109 Leipzig"),
        "+49 555 01",
    ),
    Place(
        "en",
        "GBP",
        _words("Aoife Ciara Niamh Róisín Cian Declan Eoin Rory"),
        _words("Brennan Doyle Gallagher Kavanagh Maguire Nolan O'Shea Tierney"),
        _lines("Abbey Lane; Chapel Street; Mill Road; Orchard Close"),
        _lines("Leeds LS1 4AP; Bristol BS1 5TR; Belfast BT1 3LQ"),
        "+44 7700 9001",
    ),
    Place(
        "en",
        "GBP",
        _words("Ananya Kavya Meera Tara Arjun Dev Rohan Vikram"),
        _words("Bhat Chandra Iyer Kulkarni Menon Rao Sethi Varma"),
        _lines("Cedar Avenue; Station Road; The Green; Weaver Street"),
        _lines("Leicester LE1 6TF; Birmingham B2 4QA; London E2 8DP"),
        "+44 7700 9002",
    ),
    Place(
        "es",
        "EUR",
        _words("Alba Carmen Lucía Nuria Diego Íñigo Javier Pablo"),
        _words("Aranda Bellido Castaño Garrido Iriarte Montes Peña Robledo"),
        _lines("Calle del Olmo; Plaza Nueva; Avenida del Puerto; Calle Almendro"),
        _lines("28012 Madrid; 46001 Valencia; 41004 Sevilla"),
        "+34 555 01",
    ),
    Place(
        "en",
        "USD",
        _words("Emi Hana Sakura Yui Daichi Haruto Kenji Ren"),
        _words("Arai Fujita Inoue Kondo Maeda Nomura Shimizu Ueda"),
        _lines("Maple Drive; Juniper Court; Lakeview Terrace; 3rd Avenue"),
        _lines("Portland, OR 97205; Seattle, WA 98101; San Mateo, CA 94401"),
        "+1 206 555 01",
    ),
    Place(
        "en",
        "USD",
        _words("Adaeze Chioma Folake Ngozi Babatunde Emeka Kelechi Tunde"),
        _words("Abiola Balogun Eze Nwosu Obi Okafor Onyango Sowande"),
        _lines("Peachtree Lane; Magnolia Street; Ridge Road; Dogwood Way"),
        _lines("Atlanta, GA 30303; Houston, TX 77002; Durham, NC 27701"),
        "+1 404 555 01",
    ),
    Place(
        "pl",
        "EUR",
        _words("Agnieszka Jadwiga Małgorzata Zofia Bartosz Łukasz Paweł Tomasz"),
        _words("Dąbrowska Jabłońska Kaczmarek Mazur Nowicka Sikora Wójcik Zając"),
        _lines("ul. Brzozowa; ul. Kwiatowa; ul. Młyńska; ul. Ogrodowa"),
        _lines("00-950 Warszawa; 31-008 Kraków; 80-831 Gdańsk"),
        "+48 555 01",
    ),
    Place(
        "fr",
        "EUR",
        _words("Amina Leïla Samira Yasmine Bilal Karim Nabil Rachid"),
        _words("Benali Cherif Haddad Kaci Mansouri Rahmani Saïdi Ziani"),
        _lines("rue des Tilleuls; quai Vauban; allée des Cerisiers; rue du Four"),
        _lines("69002 Lyon; 13001 Marseille; 44000 Nantes"),
        "+33 1 55 01",
    ),
    Place(
        "tr",
        "EUR",
        _words("Ayşe Elif Gülay Zeynep Cem Emre Kaan Onur"),
        _words("Aksoy Çelik Demir Güneş Kaya Öztürk Şahin Yıldız"),
        _lines("Çınar Sokak; Liman Caddesi; Gül Sokak; Değirmen Yolu"),
        _lines("34433 İstanbul; 35220 İzmir; 06680 Ankara"),
        "+90 555 0101",
    ),
    Place(
        "pt",
        "EUR",
        _words("Beatriz Inês Luana Thaís Caio João Mateus Renato"),
        _words("Abreu Batista Cardoso Fontes Guimarães Moura Queirós Teixeira"),
        _lines("Rua da Figueira; Largo do Poço; Travessa das Flores; Rua Nova"),
        _lines("1200-109 Lisboa; 4050-253 Porto; 3000-150 Coimbra"),
        "+351 555 01",
    ),
    Place(
        "nl",
        "EUR",
        _words("Linh Mai Thuy Femke Bao Minh Quang Sander"),
        _words("Dang Hoang Luong Ngo Bakker Postma Truong Vermeer"),
        _lines("Kerkstraat; Lindelaan; Molenpad; Havenkade"),
        _lines("3511 AB Utrecht; 9712 CP Groningen; 6211 LK Maastricht"),
        "+31 6 555 01",
    ),
)

GOODS = (
    ("LIN-201", "Linen pillowcase, set of two", 2450),
    ("LIN-310", "Linen fitted sheet", 5900),
    ("WOO-110", "Wool blanket", 8900),
    ("COT-120", "Waffle bath towel", 1990),
    ("COT-140", "Cotton bath mat", 2290),
    ("CER-220", "Stoneware dinner plate", 1690),
    ("CER-240", "Stoneware mug", 1250),
    ("CER-260", "Serving bowl", 3400),
    ("GLA-110", "Water carafe", 2790),
    ("GLA-130", "Tumblers, set of four", 2390),
    ("KIT-310", "Chef's knife", 7450),
    ("KIT-330", "Walnut cutting board", 4600),
    ("KIT-350", "Enamel saucepan", 5290),
    ("LAM-110", "Paper floor lamp", 12900),
    ("LAM-130", "Brass desk lamp", 9800),
    ("CAN-110", "Beeswax candle", 1150),
    ("BAS-210", "Seagrass basket", 3150),
    ("RUG-160", "Jute rug, 160 x 230", 18900),
    ("COF-250", "Coffee beans, house blend, 250 g", 990),
    ("COF-500", "Coffee beans, single origin, 500 g", 2150),
    ("COF-900", "Pour-over coffee set", 5450),
)

NOTES = (
    "Prefers to be written to, not called.",
    "Asked whether the jute rug comes in a larger size.",
    "Parcel was left with a neighbour; all is well.",
    "Moved house this year; the address was confirmed by phone.",
    "Sent a kind word about the packaging.",
    "Wanted an invoice for the office; it was sent again.",
    "Had a chipped plate replaced.",
    "Asked how to wash linen.",
)
