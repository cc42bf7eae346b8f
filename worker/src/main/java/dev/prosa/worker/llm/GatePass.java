package dev.prosa.worker.llm;

/// One call through a gate.
final class GatePass implements ProviderChain.Pass {

  private final Gate gate;
  private final Gate.Ticket ticket;

  GatePass(Gate gate, Gate.Ticket ticket) {
    this.gate = gate;
    this.ticket = ticket;
  }

  @Override
  public Offer offer() {
    return gate.offer();
  }

  @Override
  public void heard() {
    gate.came(ticket);
  }

  @Override
  public void answered() {
    gate.came(ticket);
  }

  @Override
  public void failed(ModelException failure) {
    gate.failed(ticket, failure);
  }

  @Override
  public void close() {
    gate.leave(ticket);
  }
}
