/// Servers that stand in for SQS, DynamoDB and Redis on one machine.
///
/// They are the real programs or their closest equals, so the production adapters run against them
/// unchanged. All of them listen on 127.0.0.1 only.
@NullMarked
package dev.prosa.local.embedded;

import org.jspecify.annotations.NullMarked;
