internal import Foundation

/// Local time of a region (Europe/Amsterdam): due moments are computed in local dates and stored in UTC.
public struct RegionTime: Sendable {
  private let zone: TimeZone

  public init(zone identifier: String = "Europe/Amsterdam") {
    zone = TimeZone(identifier: identifier) ?? .gmt
  }

  public static let amsterdam = RegionTime()

  public func date(of instant: Instant) -> LocalDate {
    LocalDate(dayNumber: Int(floorDivide(localMilliseconds(instant), 86_400_000)))
  }

  /// Hour and minute on the wall.
  public func time(of instant: Instant) -> (hour: Int, minute: Int) {
    let local = localMilliseconds(instant)
    let minutes = Int((local - floorDivide(local, 86_400_000) * 86_400_000) / 60_000)
    return (minutes / 60, minutes % 60)
  }

  /// The moment a local day reaches a time. A time that summer time skips becomes one hour later.
  public func instant(_ date: LocalDate, hour: Int = 0, minute: Int = 0) -> Instant {
    let wall = Int64(date.dayNumber) * 86_400_000 + Int64(hour * 60 + minute) * 60_000
    let guess = wall - offset(at: Instant(milliseconds: wall))
    return Instant(milliseconds: wall - offset(at: Instant(milliseconds: guess)))
  }

  private func localMilliseconds(_ instant: Instant) -> Int64 { instant.milliseconds + offset(at: instant) }

  private func offset(at instant: Instant) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))) * 1000
  }
}

private func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
  value >= 0 ? value / by : -((-value + by - 1) / by)
}
