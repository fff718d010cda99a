internal import Kernel
internal import Store
internal import Trust

/// The contacts of one resident as somebody may read them, newest first.
struct ContactLog {
  /// Where a page of the log ended: two contacts of the same moment are told apart by their ids.
  struct Place {
    let at: Instant
    let id: ID<Contact>

    init(_ contact: Contact) { (at, id) = (contact.at, contact.id) }

    /// As it stands in an address: milliseconds and an id.
    init?(_ text: String) {
      let parts = text.split(separator: "_")
      guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = ID<Contact>(String(parts[1])) else {
        return nil
      }
      (at, self.id) = (Instant(milliseconds: milliseconds), id)
    }

    var description: String { "\(at.milliseconds)_\(id)" }
  }

  /// A desk worker sees the last ten and no more (domain §6).
  static let lastOfDesk = 10

  let contacts: [Contact]
  /// How to go on; nil at the end of what may be seen.
  let next: Place?

  init(_ sight: Sight, after place: Place?, atMost most: Int, _ reader: Reader) throws {
    let isDesk = sight.reads(.contacts, onlyAs: .deskWorker)
    let earlier: SQL = place.map { "and (at < \($0.at) or at = \($0.at) and id < \($0.id))" } ?? ""
    let limit = isDesk ? Self.lastOfDesk : most
    var found = try reader.all(
      Contact.self,
      "where resident = \(sight.resident) \(part: isDesk ? "" : earlier) order by at desc, id desc limit \(limit + 1)")
    let hasMore = found.count > limit && !isDesk
    found = Array(found.prefix(limit))
    // A program that pages on gets the rest of the ten, and then nothing.
    contacts =
      isDesk
      ? place.map { place in found.filter { ($0.at, $0.id.description) < (place.at, place.id.description) } } ?? found
      : found
    next = hasMore ? contacts.last.map(Place.init) : nil
  }
}
