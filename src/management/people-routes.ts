// The rows of the management table that belong to people.

import type { PeopleContext } from './people/context.ts';
import { createPasswordRoutes } from './people-password.ts';
import { createPlatformTokenRoutes } from './people-platform-tokens.ts';
import { createRegistrationRoutes } from './people-registration.ts';
import { createSessionRoutes } from './people-session.ts';
import { createOwnSessionRoutes } from './people-sessions.ts';
import { createTotpRoutes } from './people-totp.ts';
import type { RouteDefinition } from './route.ts';

export function createPeopleRoutes(context: PeopleContext): RouteDefinition[] {
  return [
    ...createRegistrationRoutes(context),
    ...createSessionRoutes(context),
    ...createOwnSessionRoutes(context),
    ...createPasswordRoutes(context),
    ...createTotpRoutes(context),
    ...createPlatformTokenRoutes(context),
  ];
}
