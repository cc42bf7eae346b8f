package dev.prosa.local;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// The page, as somebody who looks at it and types.
///
/// @param driver shows one window at a time
record ChatPage(ChromeDriver driver) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /// Job, state and text of every message of a role, all of one moment.
  private static final String MESSAGES =
      """
      const [role] = arguments;
      return [...document.querySelectorAll("[data-testid='message']")]
        .filter(({ dataset }) => dataset.role === role)
        .map((node) => [
          node.dataset.job ?? "",
          node.dataset.state ?? "",
          node.querySelector("[data-testid='message-text']").innerText.trim(),
        ]);
      """;

  private static final String BUSY = "the server responded with a status of 503 ";

  private static final String CONNECTION =
      "return document.querySelector(\"[data-testid='connection']\")?.dataset.state";

  /// Opens an address and waits until the page is connected.
  void open(String address) {
    driver.get(address);
    awaitConnected();
  }

  void reload() {
    driver.navigate().refresh();
    awaitConnected();
  }

  /// Opens another window and looks at it; the first one stays open.
  ///
  /// @return the name of the new window
  String openWindow(String address) {
    var name = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
    open(address);
    return name;
  }

  private void awaitConnected() {
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .until(() -> run(CONNECTION).equals("connected"));
  }

  /// Gives a token to a page that asks for one, and waits until it is connected.
  void signIn(String address, String token) {
    driver.get(address);
    giveToken(token);
    awaitConnected();
  }

  void giveToken(String token) {
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .ignoreExceptionsMatching(ChatPage::isNotThereNow)
        .until(() -> one("sign-in").isDisplayed());
    one("token").sendKeys(token);
    click("sign-in-button");
  }

  void ask(String question) {
    one("composer").sendKeys(question);
    click("send");
  }

  /// Clicks something as soon as it is there, can be used and is not covered.
  void click(String id) {
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .ignoreExceptionsMatching(ChatPage::isNotThereNow)
        .until(() -> isClicked(one(id)));
  }

  private static boolean isClicked(WebElement element) {
    if (!element.isDisplayed() || !element.isEnabled()) {
      return false;
    }
    element.click();
    return true;
  }

  /// It is being drawn, drawn anew, moved or covered, and nothing was done to it.
  static boolean isNotThereNow(Throwable e) {
    return e instanceof NoSuchElementException
        || e instanceof StaleElementReferenceException
        || e instanceof ElementNotInteractableException;
  }

  WebElement one(String id) {
    return driver.findElement(by(id));
  }

  private static By by(String id) {
    return By.cssSelector("[data-testid='%s']".formatted(id));
  }

  /// Waits until as many replies are shown and have ended.
  ///
  /// @return the last one
  Message awaitEnd(int count) {
    return awaitLast(
        count, message -> List.of("COMPLETED", "CANCELLED", "FAILED").contains(message.state()));
  }

  /// Waits until some text of the last reply is shown, more than `length` characters.
  Message awaitMoreThan(int length) {
    return awaitLast(1, message -> message.text().length() > length);
  }

  /// The same of the last of `count` replies.
  Message awaitMore(int count, int length) {
    return awaitLast(count, message -> message.text().length() > length);
  }

  private Message awaitLast(int count, Predicate<Message> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .until(() -> messages("assistant"), m -> m.size() == count && wanted.test(m.getLast()))
        .getLast();
  }

  /// One message as it is shown now.
  record Message(String job, String state, String text) {}

  /// @param role `user` or `assistant`
  List<Message> messages(String role) {
    var shown = (List<?>) Objects.requireNonNull(driver.executeScript(MESSAGES, role));
    return shown.stream().map(one -> message((List<?>) one)).toList();
  }

  private static Message message(List<?> shown) {
    var parts = shown.stream().map(String::valueOf).toList();
    return new Message(parts.get(0), parts.get(1), parts.get(2));
  }

  /// The conversations in the list, newest first.
  List<String> conversations() {
    // in one step: the list may be drawn anew between finding its lines and reading them
    var ids =
        "[...document.querySelectorAll(\"[data-testid='conversation']\")].map(c => c.dataset.id)";
    var joined = run("return " + ids + ".join(' ')").toString();
    return joined.isEmpty() ? List.of() : List.of(joined.split(" ", -1));
  }

  /// Clicks the line of a conversation, whenever the list was drawn last.
  void choose(String conversation) {
    run("document.querySelector(\"[data-id='" + conversation + "']\").click()");
  }

  /// Waits until the only reply is exactly this.
  Message awaitOnly(String text) {
    return awaitLast(1, message -> message.text().equals(text));
  }

  /// Whether a sentence is on the page.
  boolean says(String sentence) {
    return String.valueOf(run("return document.body?.innerText")).contains(sentence);
  }

  /// What a line of JavaScript returns.
  Object run(String script) {
    return Objects.requireNonNullElse(driver.executeScript(script), "null");
  }

  /// What the console complained about since the last call. That the store was busy for a moment is
  /// what the browser itself says of a busy machine, whatever a page does about it.
  List<LogEntry> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .filter(entry -> !entry.getMessage().contains(BUSY))
        .toList();
  }
}
