internal import Kernel
internal import Site
internal import Store

/// What I share, and who looked. A choice comes back to where it was made, with what was open still open.
extension TrustSlice {
  var sharingRoutes: [Route] {
    [
      trail.residentPage("/residents/{resident}/sharing", name: "sharing", .sharing) { visit, looker, sight in
        try SharingPage(looker.reader, sight).reply(visit)
      },
      trail.residentVerb(
        "/residents/{resident}/sharing", name: "sharing.choose", .sharing, .write
      ) { visit, transaction, sight in
        try choose(visit, transaction, sight)
      },
      Route(.get, "/residents/{resident}/trail", name: "trail", policy: .resident(.audit, .read)) { visit in
        try await trail.noting(visit, "trail") { try await showTrail(visit) }
      },
    ]
  }

  func choose(_ visit: Visit, _ transaction: Transaction, _ sight: Sight) throws -> Reply {
    // A page has one form for each person, whose buttons say category and choice together.
    let asked = (visit.form["choice"] ?? "").split(separator: " ").map(String.init)
    let named = visit.form["category"] ?? asked.first ?? ""
    let person: ID<Account>? = visit.form.id("account")
    let role = visit.form["role"].flatMap(Role.init(rawValue:))
    // One person by account, or everyone who sees through an office or a team, by role.
    let relations = try Relation.openOnes(of: sight.resident, transaction).filter {
      $0.role != .resident && (person != nil ? $0.account == person : $0.account == nil && $0.role == role)
    }
    guard let relation = Relation.onePerPerson(relations).first ?? relations.first,
      let about = person.map(Consent.About.account) ?? role.map(Consent.About.role)
    else { throw Problem.notFound }
    let choice = asked.last.flatMap(Consent.Choice.init(rawValue:))
    // What can't be read is no choice, least of all one that shows more.
    guard choice != nil || asked.last == "usual" else { throw Problem.notFound }
    if choice == .show && person == nil { throw Problem.notFound }
    // Nobody widens what they see themselves: not by showing, nor by taking back what the resident hid from them.
    let isForSelf = person == sight.viewer.account.retyped() || role.map(sight.has) ?? false
    if isForSelf && choice != .hide && !sight.isOwn { throw Problem.refused("sharing.notForYourself") }
    let categories: [Category]
    if named == "all" {
      guard choice != .show else { throw Problem.notFound }
      let consents = try Consent.inForce(sight.resident, transaction)
      categories = SharingPage.items(relation, consents, transaction.now)
        .filter { choice == nil || $0.canStop }.map(\.category)
    } else {
      guard let category = Category(rawValue: named) else { throw Problem.notFound }
      categories = [category]
    }
    for category in categories {
      try Consent.choose(
        choice, sight.resident, about: about, category: category, by: sight.viewer.account.retyped(), transaction)
    }
    let stood = (visit.form["place"] ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    let who = stood.isEmpty ? person?.description ?? role?.rawValue ?? "" : stood
    let place = named == "all" ? "who-\(who)" : "\(named)-\(who)"
    return .go(to: "/residents/\(sight.resident)/sharing?open=\(who)&chosen=\(named)#\(place)")
  }
}
