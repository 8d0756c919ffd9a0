using System.ComponentModel.DataAnnotations;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Accounts;

/// <summary>A row of users, as ASP.NET Core Identity handles it.</summary>
internal sealed class User
{
    public required Guid Id { get; init; }

    public required string Email { get; set; }

    public required string Name { get; set; }

    public string Role { get; set; } = Policies.UserRole;

    public string PasswordHash { get; set; } = "";

    public string SecurityStamp { get; set; } = "";

    public int Version { get; set; } = 1;

    public required DateTime CreatedAt { get; init; }

    public required DateTime PasswordChangedAt { get; set; }
}

/// <summary>A user as the API shows them.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Email">As it was typed at registration.</param>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Role"><c>admin</c> or <c>user</c>.</param>
/// <param name="CreatedAt">UTC.</param>
internal sealed record UserAnswer(Guid Id, string Email, string Name, [property: AllowedValues("admin", "user")] string Role, DateTimeOffset CreatedAt)
{
    public static UserAnswer Of(User user) => new(user.Id, user.Email, user.Name, user.Role, new DateTimeOffset(user.CreatedAt, TimeSpan.Zero));
}
