using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>What belongs to the making of a user besides the row: ids, stamps, and what other rooms open in the same transaction.</summary>
internal sealed class NewUser(AccountsOptions options, IEnumerable<UserRegistered> listeners, TimeProvider clock)
{
    public bool SignUp => options.SignUp;

    public User Draft(string email, string name)
    {
        var now = clock.GetUtcNow();
        return new User
        {
            Id = Guid.CreateVersion7(now),
            Email = email,
            Name = name,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now.UtcDateTime,
            PasswordChangedAt = now.UtcDateTime,
        };
    }

    public async Task Welcome(NpgsqlConnection connection, NpgsqlTransaction transaction, UserId user, CancellationToken cancellation)
    {
        foreach (var listener in listeners)
            await listener.Handle(connection, transaction, user, cancellation);
    }
}
