package dev.prosa.gateway;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.turn.TurnStore;
import java.time.InstantSource;

/// Everything a gateway talks to besides browsers. All of it stays the caller's, who closes it.
///
/// @param turns the truth about turns
/// @param replies where live text comes from
/// @param registry where the gateway's connections are noted
/// @param tickets what lets a browser in
/// @param tokens what lets everybody else in
/// @param metrics what is counted
/// @param clock the time
public record GatewayPorts(
    TurnStore turns,
    ReplyChannel replies,
    ConnectionRegistry registry,
    TicketOffice tickets,
    TokenVerifier tokens,
    GatewayMetrics metrics,
    InstantSource clock) {}
