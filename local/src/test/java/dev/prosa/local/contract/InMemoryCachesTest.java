package dev.prosa.local.contract;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.turn.ContextCache;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class InMemoryCachesTest {

  @Nested
  class Connections extends ConnectionRegistryContract {

    private final ConnectionRegistry registry = ConnectionRegistry.inMemory(time);

    @Override
    ConnectionRegistry registry() {
      return registry;
    }

    @Override
    void pass(Duration duration) {
      time.pass(duration);
    }
  }

  @Nested
  class Tickets extends TicketOfficeContract {

    private final TicketOffice office = TicketOffice.inMemory(time);

    @Override
    TicketOffice office() {
      return office;
    }

    @Override
    void pass(Duration duration) {
      time.pass(duration);
    }
  }

  @Nested
  class Providers extends ProviderBoardContract {

    private final ProviderBoard board = ProviderBoard.inMemory(time);

    @Override
    ProviderBoard board() {
      return board;
    }

    @Override
    void pass(Duration duration) {
      time.pass(duration);
    }
  }

  @Nested
  class Figures extends FiguresBoardContract {

    private final FiguresBoard board = FiguresBoard.inMemory(time);

    @Override
    FiguresBoard board() {
      return board;
    }

    @Override
    void pass(Duration duration) {
      time.pass(duration);
    }
  }

  @Nested
  class Contexts extends ContextCacheContract {

    private final ContextCache cache = ContextCache.inMemory();

    @Override
    ContextCache cache() {
      return cache;
    }
  }
}
