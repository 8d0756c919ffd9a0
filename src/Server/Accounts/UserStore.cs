using Dapper;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Identity's door to users. One per request; <see cref="Join"/> makes it work inside a verb's transaction.</summary>
internal sealed class UserStore(NpgsqlDataSource database) : IUserPasswordStore<User>, IUserEmailStore<User>, IUserSecurityStampStore<User>
{
    private const string Columns = """
        id, email, name, role, password_hash as PasswordHash, security_stamp as SecurityStamp, version,
        created_at as CreatedAt, password_changed_at as PasswordChangedAt
        """;

    private (NpgsqlConnection Connection, NpgsqlTransaction Transaction)? _joined;

    /// <summary>Until what it gives is disposed, users are read and written in this transaction.</summary>
    public IDisposable Join(NpgsqlTransaction transaction)
    {
        _joined = (transaction.Connection!, transaction);
        return new Stay(this);
    }

    /// <summary>Inserts the user; the one who claims server_settings.first_admin_id is the admin, however many come at once.</summary>
    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        const string sql = """
            with claim as (
                update server_settings set first_admin_id = @Id where first_admin_id is null returning 1
            )
            insert into users (id, email, email_key, name, role, password_hash, security_stamp, created_at, password_changed_at)
            values (@Id, @Email, @EmailKey, @Name, case when exists (select 1 from claim) then @Admin else @Role end,
                    @PasswordHash, @SecurityStamp, @CreatedAt, @PasswordChangedAt)
            on conflict (email_key) do nothing
            returning role
            """;
        var row = new
        {
            user.Id,
            user.Email,
            EmailKey = EmailAddress.Key(user.Email),
            user.Name,
            user.Role,
            Admin = Policies.AdminRole,
            user.PasswordHash,
            user.SecurityStamp,
            user.CreatedAt,
            user.PasswordChangedAt,
        };
        var role = await Ask((connection, command) => connection.ExecuteScalarAsync<string>(command), sql, row, cancellationToken);
        if (role is null)
            return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Email));
        user.Role = role;
        return IdentityResult.Success;
    }

    /// <summary>Writes what Identity may change, unless somebody else did so in between.</summary>
    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        const string sql = """
            update users
            set password_hash = @PasswordHash, security_stamp = @SecurityStamp, password_changed_at = @PasswordChangedAt, version = version + 1
            where id = @Id and version = @Version
            """;
        if (await Ask((connection, command) => connection.ExecuteAsync(command), sql, user, cancellationToken) == 0)
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.Version++;
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Users are not deleted: their orders and journals stay.");

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Find($"select {Columns} from users where id = @Id", new { Id = Guid.Parse(userId) }, cancellationToken);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        Find($"select {Columns} from users where email_key = @Key", new { Key = EmailAddress.Key(normalizedEmail) }, cancellationToken);

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw NoChange();

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(EmailAddress.Key(user.Email));

    // The key is computed where it is written.
    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken) => throw NoChange();

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken) => throw NoChange();

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(EmailAddress.Key(user.Email));

    public Task SetNormalizedEmailAsync(User user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash ?? throw new ArgumentNullException(nameof(passwordHash));
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is { Length: > 0 } hash ? hash : null);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash.Length > 0);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public void Dispose()
    {
        // The connection it may have joined belongs to the verb.
    }

    private sealed class Stay(UserStore store) : IDisposable
    {
        public void Dispose() => store._joined = null;
    }

    private static NotSupportedException NoChange() => new("The e-mail address is not changed in this stage.");

    private Task<User?> Find(string sql, object parameters, CancellationToken cancellation) =>
        Ask((connection, command) => connection.QuerySingleOrDefaultAsync<User>(command), sql, parameters, cancellation);

    private async Task<T> Ask<T>(
        Func<NpgsqlConnection, CommandDefinition, Task<T>> ask, string sql, object parameters, CancellationToken cancellation)
    {
        if (_joined is { } joined)
            return await ask(joined.Connection, new CommandDefinition(sql, parameters, joined.Transaction, cancellationToken: cancellation));
        await using var own = await database.OpenConnectionAsync(cancellation);
        return await ask(own, new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }
}
