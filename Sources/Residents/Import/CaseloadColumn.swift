/// The columns of the list a care provider keeps today.
public enum CaseloadColumn: String, CaseIterable, Sendable {
  case externalID = "external id"
  case firstName = "first name"
  case lastName = "last name"
  case birthDate = "birth date"
  case bsn
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

  /// Other names under which it is known, in Dutch too.
  private var alsoCalled: [String] {
    switch self {
    case .externalID: ["cliëntnummer", "clientnummer", "extern nummer", "nummer", "id"]
    case .firstName: ["voornaam", "roepnaam"]
    case .lastName: ["achternaam", "naam"]
    case .birthDate: ["geboortedatum", "date of birth"]
    case .bsn: ["burgerservicenummer", "bsn optional"]
    case .municipality: ["gemeente"]
    case .neighbourhood: ["wijkcode", "buurtcode", "neighbourhood", "neighbourhood code optional"]
    case .organisation: ["organisatie", "zorgaanbieder", "aanbieder"]
    case .worker: ["begeleider e-mail", "e-mail begeleider", "begeleider", "responsible worker"]
    case .standIn: ["vervanger e-mail", "e-mail vervanger", "vervanger", "stand-in"]
    case .phase: ["fase"]
    case .phaseSince: ["fase sinds", "sinds"]
    case .homeFirst: ["eerst een huis", "housing first", "home-first yes/no", "home first"]
    case .address: ["adres"]
    case .moveDate: ["verhuisdatum", "datum verhuizing"]
    case .hoursMin: ["uren minimaal", "uren min", "hours min"]
    case .hoursMax: ["uren maximaal", "uren max", "hours max"]
    case .contactEvery: ["contact elke n dagen", "contact every", "contact elke", "contactritme"]
    }
  }

  /// Its usual Dutch heading.
  public var dutch: String { alsoCalled[0] }

  /// In both languages, for telling that it is missing.
  var inBoth: String { dutch == rawValue ? dutch : "\(dutch) (\(rawValue))" }

  /// Without these there is nothing to go on.
  public static let needed: [CaseloadColumn] = [
    .externalID, .firstName, .lastName, .birthDate, .municipality, .organisation, .worker, .phase,
  ]

  /// Which column a heading means; capitals, spaces and marks don't matter.
  static func named(_ heading: String) -> CaseloadColumn? {
    let wanted = plain(heading)
    return allCases.first { plain($0.rawValue) == wanted || $0.alsoCalled.contains { plain($0) == wanted } }
  }

  private static func plain(_ text: String) -> String { folded(text) }
}
