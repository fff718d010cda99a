internal import Kernel
internal import Store
internal import Trust

/// Whom one calls first now: the worker who is first, or while that one is away whoever stands in.
struct FirstToCall {
  let organisation: Organisation?
  /// Who is first.
  let worker: Account?
  let standIn: Account?
  /// The worker is away today.
  let isAway: Bool

  init(_ first: Accountability, _ reader: Reader) throws {
    let today = RegionTime.amsterdam.date(of: reader.now)
    let standIn = try first.standIn ?? Absence.standIn(for: first.worker, on: today, reader)
    let people = try Account.names([first.worker, standIn].compactMap(\.self), reader)
    let away = try Absence.accounts(Set(people.keys), on: today, reader)
    organisation = try reader.find(Organisation.self, first.organisation)
    worker = people[first.worker]
    self.standIn = standIn.flatMap { people[$0] }.flatMap { away.contains($0.id) ? nil : $0 }
    isAway = away.contains(first.worker)
  }

  /// Who is there now: never somebody away while another stands in.
  var person: Account? { isAway ? standIn ?? worker : worker }

  var phone: String? { person?.phone ?? organisation?.phone }

  /// For whom that person stands in.
  var standsInFor: String? { isAway && standIn != nil ? worker?.name : nil }
}
