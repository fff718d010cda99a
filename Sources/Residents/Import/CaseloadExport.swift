public import Kernel
public import Store
internal import Tables
internal import Trust

/// The list as it stands now, in the columns that an import reads.
public enum CaseloadExport {
  public static let header = TextTableWriter.line(CaseloadColumn.allCases.map(\.rawValue))

  /// Some residents with an open journey, in the order of their ids.
  /// - Returns: their rows with who they are about, and where to go on; nil when that was all.
  public static func page(
    after: String, limit: Int = 500, _ reader: Reader
  ) throws -> (rows: [(resident: ResidentID, text: String)], next: String?) {
    let journeys = try reader.all(
      Journey.self,
      "where ended_on is null and resident > \(after) order by resident limit \(limit)")
    let ids = journeys.map(\.resident)
    guard let last = ids.last else { return ([], nil) }
    let residents = Dictionary(
      uniqueKeysWithValues: try reader.all(Resident.self, "where id in (\(list: ids))").map { ($0.key, $0) })
    let first = Dictionary(
      uniqueKeysWithValues: try reader.all(
        Accountability.self, "where until_at is null and resident in (\(list: ids))"
      ).map { ($0.resident, $0) })
    let external = Dictionary(
      grouping: try reader.all(ExternalID.self, "where resident in (\(list: ids))"), by: \.resident)
    let people = try Account.names(first.values.flatMap { [$0.worker, $0.standIn].compactMap(\.self) }, reader)
    let organisations = try Organisation.names(first.values.map(\.organisation), reader)
    let rows = journeys.compactMap { journey -> (ResidentID, String)? in
      guard let resident = residents[journey.resident], let now = first[journey.resident] else { return nil }
      let named = external[journey.resident]?.first { $0.organisation == now.organisation }?.externalID
      let cells = CaseloadColumn.allCases.map { column -> String in
        switch column {
        case .externalID: named ?? resident.id.description
        case .firstName: resident.firstName
        case .particle: ""
        case .lastName: resident.lastName
        case .birthDate: resident.birthDate?.description ?? ""
        case .bsn: resident.bsn ?? ""
        case .phone: resident.phone ?? ""
        case .municipality: Municipality.with(code: resident.municipality)?.name ?? resident.municipality
        case .neighbourhood: resident.neighbourhood ?? ""
        case .organisation: organisations[now.organisation]?.name ?? ""
        case .worker: people[now.worker]?.login ?? ""
        case .standIn: now.standIn.flatMap { people[$0]?.login } ?? ""
        case .phase: journey.phase.rawValue
        case .phaseSince: journey.phaseSince.description
        case .homeFirst: journey.isHomeFirst ? "yes" : "no"
        case .address: resident.address ?? ""
        // Who stayed in their own home, or took over its contract, lived there from the start.
        case .moveDate: (journey.movedOn ?? (journey.phase >= .landing ? journey.startedOn : nil))?.description ?? ""
        case .hoursMin: journey.hoursMin?.description ?? ""
        case .hoursMax: journey.hoursMax?.description ?? ""
        case .contactEvery: journey.contactEveryDays.map(String.init) ?? ""
        }
      }
      return (journey.resident, TextTableWriter.line(cells))
    }
    return (rows, journeys.count == limit ? last.description : nil)
  }
}
