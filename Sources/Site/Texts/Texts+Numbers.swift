public import Kernel

/// Numbers as people here write them: 3,4.
extension Texts {
  /// Hours to a quarter: 1,5.
  public func hours(_ hours: Hours) -> String { hours.text(mark: language == .dutch ? "," : ".") }

  /// With one digit behind the comma.
  public func decimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(abs(tenths) / 10)\(language == .dutch ? "," : ".")\(abs(tenths) % 10)"
  }
}
