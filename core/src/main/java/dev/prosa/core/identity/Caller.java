package dev.prosa.core.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who made a request, as far as its token proves it.
///
/// @param owner the user; everything the request reads or writes must belong to them
/// @param tenant the tenant that the user belongs to, which is also the beginning of `owner`; null
///   when there is one tenant only
/// @param roles what the user may do beyond that; may be empty
/// @param until when the token ends; null when it does not
public record Caller(
    OwnerId owner, @Nullable String tenant, Set<Role> roles, @Nullable Instant until) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  /// A caller without a tenant or a role.
  public Caller(OwnerId owner, @Nullable Instant until) {
    this(owner, null, Set.of(), until);
  }

  /// Whether the caller has this role.
  public boolean is(Role role) {
    return roles.contains(role);
  }

  /// Whether the caller may run the whole of Prosa. Where there is one tenant only, its admins may.
  public boolean isOperator() {
    return is(Role.OPERATOR) || (is(Role.ADMIN) && tenant == null);
  }

  /// How the ids of all users of the caller's tenant begin; empty when there is one tenant only.
  public String tenantPrefix() {
    return tenant == null ? "" : tenant + "/";
  }

  /// Whether a user belongs to the caller's tenant.
  public boolean sharesTenantWith(OwnerId user) {
    return user.value().startsWith(tenantPrefix());
  }
}
