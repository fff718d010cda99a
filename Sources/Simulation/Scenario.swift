/// A network of places with people who come, wait, are helped and go on. Times are in days.
public struct Scenario: Sendable, Equatable {
  /// A kind of people; the higher the priority, the sooner where a node heeds it.
  public struct Kind: Sendable, Equatable {
    public let id: String
    public let priority: Int

    public init(id: String, priority: Int = 0) {
      self.id = id
      self.priority = priority
    }
  }

  /// A value that holds from a day on.
  public struct Piece<Value: Sendable & Equatable>: Sendable, Equatable {
    public let from: Double
    public let value: Value

    public init(from: Double, value: Value) {
      self.from = from
      self.value = value
    }
  }

  public enum Servers: Sendable, Equatable {
    case infinite
    /// In the order of their days, the first from 0.
    case schedule([Piece<Int>])
  }

  public enum Discipline: String, Sendable { case fifo, priority }

  public struct Node: Sendable, Equatable {
    public let id: String
    public let servers: Servers
    public let service: Distribution
    /// Rate a day by kind (its place among the kinds), as it changes over time.
    public let arrivals: [Int: [Piece<Double>]]
    public let discipline: Discipline
    /// How long people are willing to wait.
    public let abandon: Distribution?
    /// Where people go on to, by place among the nodes; the rest leaves.
    public let routing: [(to: Int, chance: Double)]

    public init(
      id: String, servers: Servers, service: Distribution, arrivals: [Int: [Piece<Double>]] = [:],
      discipline: Discipline = .fifo, abandon: Distribution? = nil, routing: [(to: Int, chance: Double)] = []
    ) {
      self.id = id
      self.servers = servers
      self.service = service
      self.arrivals = arrivals
      self.discipline = discipline
      self.abandon = abandon
      self.routing = routing
    }

    public static func == (left: Node, right: Node) -> Bool {
      left.id == right.id && left.servers == right.servers && left.service == right.service
        && left.arrivals == right.arrivals && left.discipline == right.discipline && left.abandon == right.abandon
        && left.routing.map(\.to) == right.routing.map(\.to)
        && left.routing.map(\.chance) == right.routing.map(\.chance)
    }
  }

  /// Days that are simulated and not counted, until things run as they do.
  public let warmUp: Double
  /// Days that are counted, after that.
  public let length: Double
  public let replications: Int
  public let kinds: [Kind]
  public let nodes: [Node]

  public init(warmUp: Double, length: Double, replications: Int, kinds: [Kind], nodes: [Node]) {
    self.warmUp = warmUp
    self.length = length
    self.replications = replications
    self.kinds = kinds
    self.nodes = nodes
  }

  public var end: Double { warmUp + length }
}
