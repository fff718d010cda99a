internal import Kernel
internal import Residents
internal import Store
internal import Trust

/// Organisations and people of a made region: the sixteen real municipalities, everything else plainly made up.
struct SeedRegion: Sendable {
  /// Where somebody can be helped: a municipality with its access team.
  struct Place: Sendable {
    let municipality: Municipality
    let access: ID<Organisation>
    let coordinators: [ID<Account>]
  }

  /// A provider with its workers.
  struct Provider: Sendable {
    let organisation: ID<Organisation>
    let name: String
    let workers: [ID<Account>]
  }

  let places: [Place]
  let shelters: [Provider]
  let providers: [Provider]
  let welfare: ID<Organisation>
  /// Accounts by the name under which stories know them.
  let people: [String: ID<Account>]

  func place(_ name: String) -> Place { places.first { $0.municipality.name == name } ?? places[0] }

  private static let shelterNames = ["Opvang De Brug", "Huize Meerkoet", "Nachthaven Vecht"]
  private static let providerNames = [
    "Thuishaven", "Stek en Steun", "Wegwijs Begeleiding", "Lichtboei", "Kompas ggz", "Aan de Gracht",
  ]
  private static let firstNames = [
    "Sanne", "Ravi", "Femke", "Youssef", "Marit", "Daan", "Esra", "Koen", "Lotte", "Milan", "Noa", "Olaf", "Priya",
    "Quinten", "Roos", "Sami", "Tess", "Umut", "Vera", "Wout", "Yara", "Zeno",
  ]
  private static let lastNames = [
    "Bos", "Jansen", "Vermeer", "Haddad", "Kuiper", "Visser", "Demir", "Smit", "de Wit", "Mulder", "van Dam", "Brouwer",
    "Sharma", "Dekker", "Hofman", "Aydin", "Peters", "Kaya", "Scholten", "van Beek", "Nasser", "Prins",
  ]

  /// Makes organisations, teams and staff.
  /// - Parameter workersEach: how many support workers every provider has.
  static func make(_ batch: Batch, at moment: Instant, workersEach: Int, mailDomain: String) throws -> SeedRegion {
    try batch.perform(Act("seed.region"), at: moment) { transaction in
      var staff = Staff(transaction: transaction, domain: mailDomain)
      let places = try Municipality.all.map { municipality in
        let access = try Organisation.add("Gemeente \(municipality.name)", .municipality, of: municipality, transaction)
        let slug = municipality.name.lowercased().filter { $0.isLetter }
        let coordinators = try ["a", "b"].map { letter in
          try staff.add(slug + "." + letter, .coordinator, access.id, mayRegister: true)
        }
        _ = try staff.add(slug + ".leiding", .teamLeader, access.id)
        return Place(municipality: municipality, access: access.id, coordinators: coordinators)
      }
      func provider(_ name: String, _ kind: Organisation.Kind) throws -> Provider {
        let organisation = try Organisation.add(name, kind, transaction)
        let slug = name.lowercased().filter { $0.isLetter }
        let workers = try (1...workersEach).map { number in
          try staff.add("\(slug).\(number)", .supportWorker, organisation.id, mayRegister: number == 1)
        }
        _ = try staff.add("\(slug).leiding", .teamLeader, organisation.id)
        return Provider(organisation: organisation.id, name: name, workers: workers)
      }
      let shelters = try shelterNames.map { try provider($0, .careProvider) }
      let providers = try providerNames.map {
        try provider($0, $0.hasSuffix("ggz") ? .mentalHealthProvider : .careProvider)
      }
      let welfare = try Organisation.add("Welzijn aan de Vaart", .welfare, transaction)
      try Organisation.add("Wonen Vecht en Lek", .housingCorporation, transaction)
      try Organisation.add("Kring Ervaring", .peerOrganisation, transaction)
      return SeedRegion(
        places: places, shelters: shelters, providers: providers, welfare: welfare.id, people: staff.made)
    }
  }

  /// Whom the stories call by name.
  private static let known = [
    "thuishaven.1": "Sanne Bakker", "thuishaven.2": "Ravi Sharma", "opvangdebrug.1": "Marit Demir",
    "nieuwegein.a": "Zeno Prins", "thuishaven.leiding": "Roos Brouwer",
  ]

  /// Hands out made-up names in order.
  private struct Staff {
    let transaction: Transaction
    let domain: String
    var made: [String: ID<Account>] = [:]

    mutating func add(
      _ key: String, _ role: Role, _ organisation: ID<Organisation>, mayRegister: Bool = false
    ) throws -> ID<Account> {
      let number = made.count
      let first = firstNames[number % firstNames.count]
      let last = lastNames[(number / firstNames.count + number) % lastNames.count]
      let account = try transaction.put(
        Account(
          id: transaction.freshID(), name: known[key] ?? "\(first) \(last)", email: "\(key)@\(domain)",
          organisation: organisation,
          role: role, mayRegister: mayRegister))
      made[key] = account.id
      return account.id
    }
  }
}
