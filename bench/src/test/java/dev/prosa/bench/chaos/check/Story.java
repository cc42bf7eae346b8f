package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The journal of a short run in which all went well: question 1 was answered, question 2 failed,
/// and one worker and one gateway were killed on the way. Tests change one line of it.
final class Story {

  static final String REPLY = "q1.1.0 q1.1.1 q1.1.2 ";

  private static final String WELL =
      """
      {at:0,kind:STARTED,process:w0,gateway:,port:}
      {at:0,kind:STARTED,process:g0,gateway:g_a,port:'1'}
      {at:0,kind:STARTED,process:w1,gateway:,port:}
      {at:1,kind:CONNECTED,client:u1.0,gateway:1}
      {at:2,kind:POST,owner:u1,question:1,key:k1}
      {at:3,kind:ACCEPTED,owner:u1,question:1,key:k1,job:j_a_1}
      {at:4,kind:CLAIMED,process:w0,job:j_a_1,attempt:1,state:RUNNING}
      {at:5,kind:CALL,process:w0,question:1,call:1,words:3,fault:NONE,history:[]}
      {at:6,kind:FRAME,client:u1.0,owner:u1,frame:{type:reply.started,jobId:j_a_1,attempt:1}}
      {at:7,kind:FRAME,client:u1.0,owner:u1,frame:{type:reply.delta,jobId:j_a_1,attempt:1,offset:0,text:'q1.1.0 '}}
      {at:1000,kind:KILLED,process:w0,why:mid stream}
      {at:1001,kind:KILLED,process:g0,why:gateway}
      {at:2000,kind:STARTED,process:g0,gateway:g_b,port:'1'}
      {at:2001,kind:CONNECTED,client:u1.0,gateway:1}
      {at:30000,kind:CLAIMED,process:w1,job:j_a_1,attempt:2,state:RUNNING}
      {at:30001,kind:FINISHED,process:w1,job:j_a_1,attempt:2,state:COMPLETED}
      {at:30002,kind:FRAME,client:u1.0,owner:u1,frame:{type:reply.completed,jobId:j_a_1,attempt:2,content:'REPLY'}}
      {at:30003,kind:ACCEPTED,owner:u1,question:2,key:k2,job:j_a_2}
      {at:30004,kind:CALL,process:w1,question:2,call:1,words:3,fault:ERROR,history:[{question:1,hash:HASH}]}
      {at:30005,kind:FINISHED,process:w1,job:j_a_2,attempt:4,state:FAILED}
      {at:30006,kind:FRAME,client:u1.0,owner:u1,frame:{type:job.failed,jobId:j_a_2,code:x}}
      {at:30007,kind:IDLE,process:w1,busyThreads:0,freePermits:6,permits:6}
      {at:30008,kind:TURN,job:j_a_1,owner:u1,question:1,state:COMPLETED,indexed:false,leased:false,reply:'REPLY'}
      {at:30009,kind:TURN,job:j_a_2,owner:u1,question:2,state:FAILED,indexed:false,leased:false,reply:''}
      {at:30010,kind:KEY,owner:u1,key:k1,job:j_a_1}
      {at:30011,kind:KEY,owner:u1,key:k2,job:j_a_2}
      {at:30012,kind:LETTER,job:j_a_2,code:provider_unavailable}
      {at:30013,kind:MEMBER,user:u1,gateway:g_a,member:c@g_a}
      {at:30014,kind:EXITED,process:w1,code:0}
      """;

  private static final Pattern NAME = Pattern.compile("([{,])(\\w+):");
  private static final Pattern WORD =
      Pattern.compile("(?<=\"):(?!\\d+[,}\\]]|true|false|[{\\['])([^,}]*)");

  private final List<String> lines = new ArrayList<>(WELL.lines().toList());

  /// Leaves out the line that contains `words`.
  Story without(String words) {
    if (!lines.removeIf(line -> line.contains(words))) {
      throw new IllegalArgumentException("no line with " + words);
    }
    return this;
  }

  /// Changes every line that contains `words`.
  Story with(String words, String instead) {
    if (lines.stream().noneMatch(line -> line.contains(words))) {
      throw new IllegalArgumentException("no line with " + words);
    }
    lines.replaceAll(line -> line.replace(words, instead));
    return this;
  }

  /// Adds a line behind the one that contains `words`.
  Story then(String words, String added) {
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(words)) {
        lines.add(i + 1, added);
        return this;
      }
    }
    throw new IllegalArgumentException("no line with " + words);
  }

  Verdict judged(Expectation... expectations) {
    return Verdict.of(
        reader -> lines.forEach(line -> reader.accept(Entry.of(json(line)))),
        List.of(expectations));
  }

  /// Names and words are written without quotation marks, text with single ones.
  private static String json(String line) {
    var named = NAME.matcher(line).replaceAll("$1\"$2\":");
    return WORD.matcher(named)
        .replaceAll(":\"$1\"")
        .replace('\'', '"')
        .replace("HASH", Integer.toString(REPLY.hashCode()))
        .replace("REPLY", REPLY);
  }
}
