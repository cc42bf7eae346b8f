package dev.prosa.bench.model;

import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/// What a tab's script sees of the world.
///
/// @param tab the tab
record Window(Tab tab) {

  /// The members that `tab.js` calls.
  ProxyObject members() {
    return ProxyObject.fromMap(
        Map.ofEntries(
            member("now", _ -> tab.now()),
            member("random", _ -> tab.random()),
            member("after", a -> tab.after(a[0].asDouble(), a[1])),
            action("cancel", a -> a[0].as(Tab.Timer.class).cancel()),
            action(
                "request",
                a -> tab.request(a[0].asString(), a[1].asString(), text(a[2]), text(a[3]), a[4])),
            member("connect", a -> tab.connect(a[0], a[1].asString())),
            action("send", a -> onSocket(a[0], socket -> socket.say(a[1].asString()))),
            action("hangUp", a -> onSocket(a[0], SimulatedGateway.Socket::hangUp)),
            action("shown", this::shown),
            action("notLoaded", a -> tab.notLoaded(a[0].asString())),
            action(
                "accepted", a -> tab.accepted(a[0].asString(), a[1].asString(), a[2].asString())),
            action("refused", a -> tab.refused(a[0].asString(), a[1].asInt(), a[2].asString()))));
  }

  @FunctionalInterface
  private interface Action {
    void on(Value[] arguments);
  }

  @FunctionalInterface
  private interface SocketAction {
    void on(SimulatedGateway.Socket socket);
  }

  private static Map.Entry<String, Object> member(String name, ProxyExecutable function) {
    return Map.entry(name, function);
  }

  private static Map.Entry<String, Object> action(String name, Action action) {
    return member(
        name,
        arguments -> {
          action.on(arguments);
          return null;
        });
  }

  private static @Nullable String text(Value value) {
    return value.isNull() ? null : value.asString();
  }

  private static void onSocket(Value wire, SocketAction action) {
    if (!wire.isNull()) {
      action.on(wire.as(SimulatedGateway.Socket.class));
    }
  }

  private void shown(Value[] a) {
    tab.shown(a[0].asString(), a[1].asInt(), a[2].asString(), a[3].asString());
  }
}
