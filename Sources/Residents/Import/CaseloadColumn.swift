/// The columns of the list a care provider keeps today.
public enum CaseloadColumn: String, CaseIterable, Sendable {
  case externalID = "external id"
  case firstName = "first name"
  case particle = "name prefix"
  case lastName = "last name"
  case birthDate = "birth date"
  case bsn
  case phone
  case municipality
  case neighbourhood = "neighbourhood code"
  case organisation
  case worker = "responsible worker e-mail"
  case standIn = "stand-in e-mail"
  case phase
  case phaseSince = "phase since"
  case homeFirst = "home-first"
  case address
  case moveDate = "move date"
  case hoursMin = "support hours min"
  case hoursMax = "support hours max"
  case contactEvery = "contact every n days"

  /// Other names under which it is known; its usual Dutch heading first.
  var alsoCalled: [String] {
    switch self {
    case .externalID:
      [
        "cliëntnummer", "extern nummer", "nummer", "id", "cliëntnr", "cliënt id", "client number", "dossiernummer",
        "cl.nr.",
      ]
    case .firstName: ["voornaam", "roepnaam", "voornamen", "given name"]
    case .particle: ["tussenvoegsel", "voorvoegsel", "tussenvoegsels", "voorvoegsels", "tv", "prefix"]
    case .lastName: ["achternaam", "naam", "familienaam", "geslachtsnaam", "surname", "family name"]
    case .birthDate: ["geboortedatum", "geb. datum", "geboren", "geb.", "date of birth", "dob"]
    case .bsn: ["bsn", "burgerservicenummer", "bsn nummer", "sofinummer", "citizen service number"]
    case .phone: ["telefoon", "telefoonnummer", "tel.", "mobiel", "telephone", "phone number"]
    case .municipality: ["gemeente", "gemeente van herkomst", "centrumgemeente"]
    case .neighbourhood: ["wijkcode", "buurtcode", "neighbourhood", "wijk of buurt"]
    case .organisation: ["organisatie", "zorgaanbieder", "aanbieder", "instelling", "care provider", "provider"]
    case .worker:
      [
        "begeleider e-mail", "e-mail begeleider", "begeleider", "e-mailadres begeleider", "mail begeleider",
        "persoonlijk begeleider", "responsible worker", "worker e-mail", "worker",
      ]
    case .standIn:
      ["vervanger e-mail", "e-mail vervanger", "vervanger", "e-mailadres vervanger", "achterwacht", "stand-in"]
    case .phase: ["fase", "stap", "status", "stage"]
    case .phaseSince: ["fase sinds", "sinds", "ingangsdatum fase", "since"]
    case .homeFirst: ["eerst een huis", "housing first", "home-first yes/no"]
    case .address: ["adres", "woonadres", "straat en huisnummer", "verblijfadres"]
    case .moveDate: ["verhuisdatum", "datum verhuizing", "verhuisd op", "moved on"]
    case .hoursMin: ["uren minimaal", "uren min", "min. uren", "uren begeleiding min", "hours min", "minimum hours"]
    case .hoursMax: ["uren maximaal", "uren max", "max. uren", "uren begeleiding max", "hours max", "maximum hours"]
    case .contactEvery: ["contact elke n dagen", "contact elke", "contactritme", "contact every"]
    }
  }

  /// Its usual Dutch heading.
  public var dutch: String { alsoCalled[0] }

  var isDate: Bool { [.birthDate, .phaseSince, .moveDate].contains(self) }

  /// A column by one of its names.
  public static func named(_ name: String) -> CaseloadColumn? {
    let plain = Headings.plain(name)
    return allCases.first { column in ([column.rawValue] + column.alsoCalled).contains { Headings.plain($0) == plain } }
  }

  /// Whether it must be in the file, and whether its cells may be empty.
  public enum Rule: String, Sendable {
    /// Must be there and filled in.
    case filled
    /// Must be there; who is only being got to know may have nothing in it.
    case filledUnlessOutreach
    /// May be left out.
    case optional
  }

  public var rule: Rule {
    switch self {
    case .externalID, .firstName, .municipality, .organisation, .worker, .phase: .filled
    case .lastName, .birthDate: .filledUnlessOutreach
    default: .optional
    }
  }

  /// What must be there. A worker's list is of the own organisation, named or not.
  public static func needed(of importer: Importer) -> [CaseloadColumn] {
    allCases.filter { $0.rule != .optional && !($0 == .organisation && importer.onlyOrganisation != nil) }
  }
}
