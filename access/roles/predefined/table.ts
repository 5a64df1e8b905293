/**
 * Predefined roles without their prefix `roles/`: the title, then what the role holds (see `expand`), narrowed to the
 * permissions that the sandbox knows.
 */
export type RoleTable = Readonly<Record<string, readonly [title: string, ...patterns: string[]]>>;

/** Most roles of a product let their holder see the project as well. */
export const getProject = "resourcemanager.projects.get";
