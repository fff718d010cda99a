/// Where people gather as long as the run is: what is said of waiting there depends on how long is simulated.
public struct Growth: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// More come than can be helped.
    case queue
    /// People come, and nobody ever leaves.
    case nobodyLeaves
  }

  /// Its place among the nodes.
  public let node: Int
  public let reason: Reason
  /// People a day.
  public let coming: Double
  /// How many can be helped a day, at most.
  public let helpable: Double
}

extension Scenario {
  /// A change of schedule that lasts this part of the counted days or longer is how things are in the end.
  private static let lasting = 0.1

  /// Nodes where a line, or everybody, grows: by sums over the days that are counted, and over those after the last change
  /// of a schedule when they are many.
  /// - Parameter through: by node, how many were helped a day, on the low side.
  func growth(through: [Double?]) -> [Growth] {
    var found = growth(from: warmUp, through)
    let last = lastChange
    if last > warmUp, end - last >= Self.lasting * length {
      for one in growth(from: last, through) where !found.contains(where: { $0.node == one.node }) { found.append(one) }
    }
    return found.sorted { $0.node < $1.node }
  }

  private var lastChange: Double {
    nodes.flatMap { node -> [Double] in
      let arrivals = node.arrivals.values.flatMap { $0.map(\.from) }
      guard case .schedule(let pieces) = node.servers else { return arrivals }
      return arrivals + pieces.map(\.from)
    }.filter { $0 < end }.max() ?? 0
  }

  private func growth(from start: Double, _ through: [Double?]) -> [Growth] {
    let traffic = Traffic(self, from: start, to: end, through: through)
    let endless = endlessNodes
    return nodes.indices.compactMap { node in
      let (coming, helpable) = (traffic.coming[node], traffic.helpable[node])
      guard coming > 0 else { return nil }
      // Who gives up within the run keeps a line short.
      let isPatient = nodes[node].abandon.map { $0.mean >= end } ?? true
      // Where just as many come as can be helped, a line grows too, though slowly.
      if isPatient && coming >= helpable * (1 - 1e-9) {
        return Growth(node: node, reason: .queue, coming: coming, helpable: helpable)
      }
      guard endless.contains(node) else { return nil }
      return Growth(node: node, reason: .nobodyLeaves, coming: coming, helpable: helpable)
    }
  }
}
