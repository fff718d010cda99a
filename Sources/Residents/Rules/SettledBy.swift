/// What was done, where a signal is settled by something else that happened. Records are kept in the language people
/// work in, which is Dutch; so are these.
enum SettledBy {
  static let step = "De stap is gezet."
  static let stepMoved = "De stap heeft een andere dag."
  static let stepDropped = "De stap hoeft niet meer."

  static let merged = "Samengevoegd: hetzelfde staat open in het dossier dat blijft."

  static func contact(_ channel: Contact.Channel) -> String {
    switch channel {
    case .visit: "Contact gehad: bezoek."
    case .call: "Contact gehad: gebeld."
    case .videoCall: "Contact gehad: beeldbellen."
    case .message: "Contact gehad: bericht."
    case .walk: "Contact gehad: samen gewandeld."
    case .meeting: "Contact gehad: gesprek."
    }
  }

  static func handover(_ state: Handover.State) -> String {
    switch state {
    case .accepted: "De overdracht is aangenomen."
    case .provisional: "De overdracht is voorlopig aangenomen."
    case .refused: "De overdracht is geweigerd."
    case .withdrawn: "De overdracht is ingetrokken."
    case .expired: "De overdracht is verlopen."
    case .offered: "De overdracht is aangeboden."
    }
  }

  static func ending(_ ending: Journey.Ending) -> String {
    switch ending {
    case .continued: "Het traject gaat verder in een nieuw traject."
    case .movedAway: "Het traject is geëindigd: verhuisd naar elders."
    case .ownWish: "Het traject is geëindigd op eigen wens."
    case .died: "Het traject is geëindigd door overlijden."
    case .otherHelp: "Het traject is geëindigd: andere hulp."
    case .merged: "Het traject is samengevoegd met een ander."
    }
  }
}
